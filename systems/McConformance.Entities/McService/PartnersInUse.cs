using System.Collections;
using McConformance.Wire.Documents;

namespace McConformance.Entities.McService;

/// <summary>
/// The other MC systems as this server deals with them: provisioned at first, and as the service configuration has them
/// once that was
/// fetched. One that the service configuration does not hold, or holds in part only, is unknown (TR 23.781 6.1.1 NOTE
/// 1). Guarded by
/// the endpoint's gate.
/// </summary>
internal sealed class PartnersInUse : IReadOnlyList<McPartner>
{
    private readonly IReadOnlyList<McPartner> provisioned;
    private IReadOnlyList<McPartner> current;

    /// <summary>Begins with what the operator has set up.</summary>
    public PartnersInUse(IReadOnlyList<McPartner> provisioned) =>
        (this.provisioned, current) = (provisioned, provisioned);

    public int Count => current.Count;

    public McPartner this[int index] => current[index];

    /// <summary>Holds from now on what a service configuration says.</summary>
    public void Follow(ServiceConfiguration configuration) => current =
    [
        .. configuration.Partners.Select(p =>
            provisioned.FirstOrDefault(o => o.System == p.Id) is { } operators
                ? McPartner.Of(p) with
                {
                    ExpectedUsers = operators.ExpectedUsers,
                    OfflineServiceMax = operators.OfflineServiceMax,
                }
                : McPartner.Of(p)),
    ];

    public IEnumerator<McPartner> GetEnumerator() => current.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
