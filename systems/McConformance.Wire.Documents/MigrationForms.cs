using McConformance.Wire.Documents.Reading;

namespace McConformance.Wire.Documents;

/// <summary>What each message of migration service authorization must have, and what it must not have
/// (TS 23.280 10.6.3.2, OWN MIG-FORM).</summary>
internal static class MigrationForms
{
    private static readonly Clause Service = new("TS 23.280", "10.6.3.3");

    [Flags]
    private enum Part
    {
        None = 0,
        Token = 1,
        ClientId = 2,
        PartnerId = 4,
        PrimaryId = 8,
        Index = 16,
        Transaction = 32,
        Partner = 64,
        Service = 128,
        Result = 256,
    }

    private const Part BothIds = Part.PartnerId | Part.PrimaryId;

    public static bool Check(
        McServiceInfo info, MigrationForm form, MigrationBinding names, List<DocumentFinding> findings)
    {
        var before = findings.Count;
        var (needed, clause, request, response) = Row(form, names);
        var reader = new ElementReader(findings, clause);
        var token = McServiceNames.Of(info.Service).Token;
        Type(reader, "request-type", info.RequestType, request);
        Type(reader, "response-type", info.ResponseType, response);
        var has = Has(info);
        foreach (var (part, name) in Names(token, names))
            if (needed.HasFlag(part) && !has.HasFlag(part)) reader.Missing(name);
        if (needed.HasFlag(Part.Result)) Cause(info, names, reader);
        // the token is for the partner alone; its server does not hand it on
        if (!needed.HasFlag(Part.Token) && info.AccessToken is not null)
            reader.Report(DocumentFault.Unexpected, token + "-access-token", "present");
        if (info.Migration?.Service is { } service && needed.HasFlag(Part.Service) && service != info.Service)
            reader.Report(DocumentFault.Malformed, names.Service, $"{service} in a body of {info.Service}");
        return findings.Count == before;
    }

    private static (Part Needed, Clause Clause, string? Request, string? Response) Row(
        MigrationForm form, MigrationBinding names) => form switch
        {
            MigrationForm.ClientRequest => (Part.Token | Part.ClientId | BothIds | Part.Index,
                Service with { Place = "10.6.3.2.1" }, names.AuthorizationRequest, null),
            MigrationForm.ServerRequest => (BothIds | Part.Index | Part.Transaction | Part.Partner | Part.Service,
                Service with { Place = "10.6.3.2.1" }, names.AuthorizationRequest, null),
            MigrationForm.ServerResponse => (BothIds | Part.Transaction | Part.Result,
                Service with { Place = "10.6.3.2.2" }, null, names.AuthorizationResponse),
            MigrationForm.ClientResponse => (BothIds | Part.Result,
                Service with { Place = "10.6.3.2.2" }, null, names.AuthorizationResponse),
            MigrationForm.VerificationNotification => (BothIds | Part.Result,
                new Clause("OWN", "MIG-OFF-6"), names.VerificationNotification, null),
            _ => (BothIds | Part.Transaction | Part.Partner | Part.Service,
                new Clause("OWN", "MIG-DEAUTH"), names.DeauthorizationNotification, null),
        };

    private static Part Has(McServiceInfo info)
    {
        var block = info.Migration;
        return If(info.AccessToken, Part.Token) | If(info.ClientId, Part.ClientId)
            | If(block?.PartnerMcServiceId, Part.PartnerId) | If(block?.PrimaryMcServiceId, Part.PrimaryId)
            | If(block?.UserProfileIndex, Part.Index) | If(block?.TransactionId, Part.Transaction)
            | If(block?.PartnerSystem, Part.Partner) | If(block?.Service, Part.Service)
            | If(block?.Success, Part.Result);
    }

    private static Part If(object? value, Part part) => value is null ? Part.None : part;

    private static (Part, string)[] Names(string token, MigrationBinding names) =>
    [
        (Part.Token, token + "-access-token"), (Part.ClientId, token + "-client-id"),
        (Part.Transaction, names.TransactionId), (Part.Partner, names.PartnerSystem), (Part.Service, names.Service),
        (Part.PartnerId, names.PartnerMcServiceId), (Part.PrimaryId, names.PrimaryMcServiceId),
        (Part.Index, names.UserProfileIndex), (Part.Result, names.Result),
    ];

    private static void Type(ElementReader reader, string element, string? actual, string? expected)
    {
        if (actual == expected) return;
        if (actual is null) reader.Missing(element);
        else reader.Report(expected is null ? DocumentFault.Unexpected : DocumentFault.Malformed, element, actual);
    }

    private static void Cause(McServiceInfo info, MigrationBinding names, ElementReader reader)
    {
        if (info.Migration is not { Success: { } success } block) return;
        if (!success && block.Cause is null) reader.Missing(names.Cause);
        if (success && block.Cause is not null)
            reader.Report(DocumentFault.Unexpected, names.Cause, names.Text(block.Cause.Value));
    }
}
