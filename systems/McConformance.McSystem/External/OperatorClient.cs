using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using McConformance.McSystem.Configuration;

namespace McConformance.McSystem.External;

/// <summary>Speaks to an operator port (features/operator-port.md). Every failure is told as what the operator port did, in one sentence.</summary>
/// <param name="address">Its URI.</param>
/// <param name="collection">What is provisioned there: <c>systems</c> or <c>user-equipment</c>.</param>
internal sealed class OperatorClient(Uri address, string collection = "systems") : IDisposable
{
    /// <summary>An adapter may know more than is asked for.</summary>
    private static readonly JsonSerializerOptions Lenient = new(McSystemJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    private readonly HttpClient http = new() { BaseAddress = new Uri(address.ToString().TrimEnd('/') + "/"), Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Provisions an MC system.</summary>
    public Task<ProvisionedSystem> ProvisionAsync(McSystemFile file, CancellationToken cancellation) =>
        MakeAsync<ProvisionedSystem>(file, cancellation);

    /// <summary>Has something made of a file.</summary>
    public async Task<T> MakeAsync<T>(object file, CancellationToken cancellation)
        where T : class => await PostAsync<T>(collection, file, cancellation).ConfigureAwait(false) ??
        throw new OperatorPortException(
            $"the operator port {address} does not know /{collection}: see that its URI is right");

    /// <summary>Anything that is asked of what was made; null where it knows nothing of that name.</summary>
    public Task<T?> AskAsync<T>(string id, string action, object request, CancellationToken cancellation = default)
        where T : class => PostAsync<T>($"{collection}/{Uri.EscapeDataString(id)}/{action}", request, cancellation);

    /// <summary>Takes what was made away; one that is gone already is no mistake.</summary>
    public async Task DisposeOfAsync(string id)
    {
        try
        {
            using var answer = await http.DeleteAsync(new Uri($"{collection}/{Uri.EscapeDataString(id)}", UriKind.Relative)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // nothing hangs on it: the next scenario has an MC system of its own
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<T?> PostAsync<T>(string path, object request, CancellationToken cancellation)
        where T : class
    {
        try
        {
            using var body = JsonContent.Create(request, request.GetType(), options: McSystemJson.Options);
            // with its length: the servers that scripting languages bring with them do not read chunks
            await body.LoadIntoBufferAsync(cancellation).ConfigureAwait(false);
            using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), body, cancellation).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode) return await answer.Content.ReadFromJsonAsync<T>(Lenient, cancellation).ConfigureAwait(false) ?? throw new JsonException("null");
            if (answer.StatusCode == HttpStatusCode.NotFound) return null;
            var why = await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
            throw Refusal(path, answer.StatusCode, why.Length > 600 ? why[..600] : why);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException)
        {
            throw new OperatorPortException($"the operator port {address} did not do POST /{path}: {e.Message}", e);
        }
    }

    private Exception Refusal(string path, HttpStatusCode status, string why) => status switch
    {
        HttpStatusCode.NotImplemented => new NotOfferedException($"the operator port {address} does not offer POST /{path}: {why}"),
        HttpStatusCode.UnprocessableEntity => new ArgumentException(why),
        _ => new OperatorPortException($"the operator port {address} answered POST /{path} with {(int)status}: {why}"),
    };
}
