using McConformance.Reports.Decoding;
using McConformance.Wire;

namespace McConformance.Reports.Charts;

/// <summary>One arrow.</summary>
internal sealed class ChartRow
{
    private const double CharacterWidth = 6.9;
    private const double BoldCharacterWidth = 7.8;
    private const double SmallCharacterWidth = 5.4;
    private const int LabelMax = 48;

    public ChartRow(RecordedMessage message, bool isFailing)
    {
        Message = message;
        IsFailing = isFailing;
        Line = MessageLine.Of(message);
        Label = Shorten(Line.Label, LabelMax);
        Small = Shorten(message.Link.ReferencePoint + Mark(message), LabelMax + 16);
        Width = Math.Max(Label.Length * (isFailing ? BoldCharacterWidth : CharacterWidth), Small.Length * SmallCharacterWidth);
    }

    public RecordedMessage Message { get; }

    public bool IsFailing { get; }

    public MessageLine Line { get; }

    /// <summary>Above the arrow.</summary>
    public string Label { get; }

    /// <summary>Below the arrow: reference point and fate.</summary>
    public string Small { get; }

    /// <summary>What label and small type need.</summary>
    public double Width { get; }

    /// <summary>True where the arrow does not reach the receiver.</summary>
    public bool IsLost => !Message.WasDelivered;

    /// <summary>Cuts text, with three dots where something is missing.</summary>
    public static string Shorten(string text, int max) => text.Length <= max ? text : text[..(max - 1)].TrimEnd() + "\u2026";

    private static string Mark(RecordedMessage message)
    {
        if (message.Fate == Fate.Delivered) return "";
        var fate = message.Fate.ToString().ToLowerInvariant();
        return message.Note is { Length: > 0 } note ? $" \u00B7 {fate}: {note}" : $" \u00B7 {fate}";
    }
}
