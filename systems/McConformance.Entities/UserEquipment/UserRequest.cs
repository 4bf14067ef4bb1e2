using System.Buffers;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Entities.UserEquipment;

/// <summary>A request that a client of the UE has the signalling user agent send, outside a dialog.</summary>
/// <param name="Method">PUBLISH, MESSAGE, SUBSCRIBE.</param>
/// <param name="RequestUri">For example the public service identity of an MC service server.</param>
/// <param name="Headers">Further headers, names as they are to stand.</param>
/// <param name="ContentType">Empty where there is no body.</param>
/// <param name="Body">Octets.</param>
public sealed record UserRequest(
    SipMethod Method, string RequestUri, IReadOnlyList<(string Name, string Value)> Headers, string ContentType, ReadOnlyMemory<byte> Body);

/// <summary>What came back.</summary>
/// <param name="StatusCode">Final status, 200 to 699; 0 where none came.</param>
/// <param name="Response">The whole response; null where none came.</param>
public sealed record UserAnswer(int StatusCode, SipMessage? Response)
{
    /// <summary>Value of a header; empty where it is not there.</summary>
    public string Header(SipHeader header) => Response is not null && Response.TryGet(header, out var value) ? System.Text.Encoding.UTF8.GetString(value) : "";
}

/// <summary>One such request under way.</summary>
internal sealed class PendingUserRequest : ISipClientUser
{
    private readonly TaskCompletionSource<UserAnswer> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<UserAnswer> Task => done.Task;

    void ISipClientUser.OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 200) return;
        var copy = new SipMessage();
        copy.TryIndex(response.Octets.ToArray(), stream: false, out _);
        done.TrySetResult(new UserAnswer(response.StatusCode, copy));
    }

    void ISipClientUser.OnFailure(SipClientTransaction transaction, SipFailure why) => done.TrySetResult(new UserAnswer(0, null));
}
