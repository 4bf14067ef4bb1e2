using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using McConformance.Wire.Transport;

namespace McConformance.Steps.ExternalRuns;

/// <summary>Stands before an operator port and has another text in what is asked there: who is behind it does what
/// nobody asked for, as a wrong product does.</summary>
internal sealed class AlteringOperatorPort : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly HttpClient http = new();
    private readonly Uri behind;
    private readonly string path;
    private readonly string text;
    private readonly string other;
    private readonly Task serving;

    /// <param name="behind">The operator port.</param>
    /// <param name="path">End of the paths whose requests are changed.</param>
    /// <param name="text">What stands in the request, a regular expression.</param>
    /// <param name="other">What takes its place.</param>
    public AlteringOperatorPort(Uri behind, string path, string text, string other)
    {
        (this.behind, this.path, this.text, this.other) = (behind, path, text, other);
        At = new Uri($"http://127.0.0.1:{FreePorts.Next(IPAddress.Loopback)}/");
        listener.Prefixes.Add(At.ToString());
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri At { get; }

    /// <summary>End of paths that are answered with 501, as by a product that lacks the action; null for
    /// none.</summary>
    public string? Lacks { get; init; }

    /// <summary>Is told the path of what has been done, before the answer goes back.</summary>
    public Action<string> WhenDone { get; init; } = static _ => { };

    /// <summary>Makes another answer of the one that was given.</summary>
    public Func<string, string> Answers { get; init; } = static text => text;

    /// <summary>How many requests were changed.</summary>
    public int Changed { get; private set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        http.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true) await PassOnAsync(await listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // it was stopped
        }
    }

    private async Task PassOnAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var body = await reader.ReadToEndAsync();
        if (Lacks is { } lacking && context.Request.Url!.AbsolutePath.EndsWith(lacking, StringComparison.Ordinal))
        {
            context.Response.StatusCode = (int)HttpStatusCode.NotImplemented;
            context.Response.Close();
            return;
        }

        var isMeant = context.Request.Url!.AbsolutePath.EndsWith(path, StringComparison.Ordinal);
        var sent = isMeant ? Regex.Replace(body, text, other) : body;
        if (sent != body) Changed++;
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.HttpMethod), new Uri(behind, context.Request.Url.AbsolutePath));
        if (sent.Length > 0) request.Content = new StringContent(sent, Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request);
        WhenDone(context.Request.Url.AbsolutePath);
        context.Response.StatusCode = (int)answer.StatusCode;
        var octets = Encoding.UTF8.GetBytes(Answers(await answer.Content.ReadAsStringAsync()));
        context.Response.ContentType = "application/json";
        if (octets.Length > 0) await context.Response.OutputStream.WriteAsync(octets);
        context.Response.Close();
    }
}
