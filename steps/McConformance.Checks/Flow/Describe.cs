using System.Text;
using McConformance.Checks.Diameter;

namespace McConformance.Checks.Flow;

/// <summary>Messages in a few words, for reasons.</summary>
internal static class Describe
{
    public static string Message(ObservedMessage message)
    {
        if (message.Sip is { } sip)
            return sip.IsRequest ? Encoding.ASCII.GetString(sip.MethodName) : $"{sip.StatusCode} {Encoding.UTF8.GetString(sip.ReasonPhrase)}";
        if (message.Diameter is not { } diameter) return $"{message.Recorded.Octets.Length} octets";
        var name = diameter.Command switch
        {
            Cx.UserAuthorization => "User-Authorization",
            Cx.ServerAssignment => "Server-Assignment",
            Cx.LocationInfo => "Location-Info",
            Cx.MultimediaAuth => "Multimedia-Auth",
            _ => $"Diameter command {diameter.Command}",
        };
        return diameter.IsRequest ? $"{name}-Request" : $"{name}-Answer with {diameter.ResultText()}";
    }
}
