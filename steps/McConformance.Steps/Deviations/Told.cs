using McConformance.Checks;

namespace McConformance.Steps.Deviations;

/// <summary>What readers are told of a verdict, as files keep it: a word that differs from run to run (a tag, a port)
/// stands there as <c>*</c>, and <c>...</c> at the end is any rest.</summary>
internal static class Told
{
    private const string Any = "*";
    private const string Rest = "...";

    /// <summary>Claim, expected and received, in one line.</summary>
    public static string By(Judgement judgement) =>
        Line($"{judgement.Claim} | {judgement.Expected} | {judgement.Actual}");

    /// <summary>One line without tabs, for a cell of a table.</summary>
    public static string Line(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');

    /// <summary>Whether it is what a file keeps.</summary>
    public static bool Fits(string kept, string told)
    {
        var (want, have) = (kept.Split(' '), told.Split(' '));
        var isOpen = want[^1] == Rest;
        var length = isOpen ? want.Length - 1 : want.Length;
        return (isOpen ? have.Length >= length : have.Length == length)
            && want.Take(length).Zip(have).All(w => w.First == Any || w.First == w.Second);
    }

    /// <summary>What fits both.</summary>
    public static string Merge(string kept, string told)
    {
        if (Fits(kept, told)) return kept;
        var (want, have) = (kept.Split(' '), told.Split(' '));
        if (want.Length == have.Length && want[^1] != Rest)
            return string.Join(' ', want.Zip(have, static (w, h) => w == h ? w : Any));
        var same = want.Zip(have).TakeWhile(w => w.First == Any || w.First == w.Second).Select(w => w.First);
        return string.Join(' ', same.Append(Rest));
    }
}
