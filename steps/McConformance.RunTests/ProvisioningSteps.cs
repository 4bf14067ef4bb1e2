using System.Text.RegularExpressions;
using McConformance.TestConfiguration;

namespace McConformance.RunTests;

/// <summary>What Given steps suppose to be provisioned: <c>features/catalogue/provisioning.tsv</c>. A step that no
/// row knows
/// is told as it stands, as a condition that somebody has to bring about.</summary>
internal sealed partial class ProvisioningSteps
{
    private readonly List<(Regex Step, string[] Cells)> rows = [];

    /// <summary>Reads the table.</summary>
    /// <exception cref="BadCallException">A row is broken; says which.</exception>
    public static ProvisioningSteps Read(string root)
    {
        var file = Path.Combine(root, "features", "catalogue", "provisioning.tsv");
        var read = new ProvisioningSteps();
        var number = 1;
        foreach (var line in File.ReadLines(file).Skip(1))
        {
            number++;
            var cells = line.Split('\t');
            if (cells.Length != 6)
                throw new BadCallException(
                    $"{file}({number}): expected 6 columns, found {cells.Length}; keep the tabulators");
            try
            {
                read.rows.Add((new Regex($"^({cells[0]})$", RegexOptions.CultureInvariant), cells));
            }
            catch (ArgumentException e)
            {
                throw new BadCallException($"{file}({number}): {e.Message}");
            }
        }

        return read;
    }

    /// <summary>The patterns of the table that fit a step; none where it is told as a condition.</summary>
    public IEnumerable<string> PatternsFor(string step) =>
        rows.Where(r => r.Step.IsMatch(step)).Select(r => r.Cells[0]);

    /// <summary>All patterns of the table.</summary>
    public IEnumerable<string> Patterns => rows.Select(r => r.Cells[0]).Distinct();

    /// <summary>What a step supposes.</summary>
    public IEnumerable<ProvisioningItem> Of(string step, Ixit ixit)
    {
        var known = rows.Where(r => r.Step.IsMatch(step)).ToArray();
        if (known.Length == 0) return [new ProvisioningItem("-", "-", "condition", step, "as the step says", "")];
        return known.Where(r => r.Cells[3] != "-").Select(r =>
        {
            // group 1 is the whole pattern
            var groups = r.Step.Match(step).Groups;
            string Fill(string text) => Placeholder().Replace(text, m => Value(m.Groups[1].Value, groups, ixit));
            var role = Fill(r.Cells[1]);
            var domain = ixit.System(role)?.Domain ?? $"{role}.example";
            return new ProvisioningItem(domain, r.Cells[2], r.Cells[3], Fill(r.Cells[4]), Fill(r.Cells[5]), "");
        });
    }

    private static string Value(string name, GroupCollection groups, Ixit ixit) => name switch
    {
        [>= '1' and <= '9'] => groups[name[0] - '0' + 1].Value,
        ['s', 'i', 'p', ':', .. var role] => ixit.System(role)?.SipRealm.Value ?? $"ims.{role}.example",
        _ => ixit.System(name)?.Domain ?? $"{name}.example",
    };

    [GeneratedRegex(@"\{([\w:]+)\}")]
    private static partial Regex Placeholder();
}
