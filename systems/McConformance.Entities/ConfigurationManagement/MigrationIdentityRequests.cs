using System.Xml.Linq;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Documents;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Entities.ConfigurationManagement;

/// <summary>What a SIP database was asked for.</summary>
/// <param name="Set">The identities; null where there are none.</param>
/// <param name="WhyNot">Why there are none: it refused, or it was not reached.</param>
internal readonly record struct MigrationIdentities(SipIdentitySet? Set, PartnerAccessCause WhyNot);

/// <summary>
/// Asks the SIP database for identities to migrate with, over Sh on AAA-1: outbound ones (TR 23.781 6.2.1 step 4) and inbound ones
/// (step 9). OWN: repository data; the service indication says which, and for which SIP domain.
/// </summary>
internal sealed class MigrationIdentityRequests(DiameterNode? node) : IDiameterClientUser
{
    private static readonly XName Identities = XNamespace.Get("urn:mcconformance:ns:migration:1.0") + "sip-identities";

    private static readonly MigrationIdentities Unreachable = new(null, PartnerAccessCause.Unreachable);

    /// <summary>Shorter than whoever waits for this server waits.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(3);

    /// <summary>Outbound identities for an own user (step 4).</summary>
    public Task<MigrationIdentities> OutboundAsync(SipIdentitySet own, string partnerSipDomain) =>
        AskAsync(own, $"outbound-migration-identities:{partnerSipDomain}", null);

    /// <summary>Inbound identities for a UE of another MC system (step 9).</summary>
    public Task<MigrationIdentities> InboundAsync(SipIdentitySet primary, string primarySipDomain,
        string primaryDatabase) =>
        AskAsync(primary, $"inbound-migration-identities:{primarySipDomain}", primaryDatabase);

    void IDiameterClientUser.OnAnswer(DiameterClientTransaction transaction, DiameterMessage answer)
    {
        var set = answer.TryFind(Rfc6733.ResultCodeCode, 0, out var result) && result.Uint32 == Rfc6733.DIAMETER_SUCCESS &&
            answer.TryFind(Ts29329.UserDataShCode, Ts29229.Vendor, out var data) ? Read(data.Data.ToArray()) : null;
        End(transaction, new MigrationIdentities(set, PartnerAccessCause.NoIdentities));
    }

    void IDiameterClientUser.OnFailure(DiameterClientTransaction transaction, DiameterFailure why) =>
        End(transaction, Unreachable);

    private static void End(DiameterClientTransaction transaction, MigrationIdentities with) =>
        ((TaskCompletionSource<MigrationIdentities>)transaction.State!).TrySetResult(with);

    private Task<MigrationIdentities> AskAsync(SipIdentitySet about, string indication, string? database)
    {
        if (node is null) return Task.FromResult(Unreachable);
        var done = new TaskCompletionSource<MigrationIdentities>(TaskCreationOptions.RunContinuationsAsynchronously);
        var request = node.NewRequest(Ts29329.UserData, Ts29329.Application, node.Realm, null)
            .BeginGroup(Ts29329.UserIdentity).Put(Ts29229.PublicIdentity, about.Public.Value).EndGroup()
            .Put(Ts29329.ServiceIndication, indication)
            .Put(Ts29329.DataReference, 0u)
            .Put(Rfc6733.UserName, about.Private.Value);
        if (database is not null) request.Put(Ts29229.ServerName, database);
        node.Send(request.Finish(), this, done, AnswerTime);
        return Busy.WaitAsync(done.Task);
    }

    private static SipIdentitySet? Read(byte[] data)
    {
        if (!SafeXml.TryRead(data, out var document, out _)) return null;
        var element = document!.Descendants(Identities).FirstOrDefault();
        return ((string?)element?.Attribute("impi"), (string?)element?.Attribute("impu")) is ({ Length: > 0 } impi, { Length: > 0 } impu)
            ? new SipIdentitySet(new PrivateUserIdentity(impi), new PublicUserIdentity(impu))
            : null;
    }
}
