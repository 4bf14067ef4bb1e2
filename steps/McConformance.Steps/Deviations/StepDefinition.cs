using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using McConformance.Steps.World;

namespace McConformance.Steps.Deviations;

/// <summary>A method that carries out steps.</summary>
/// <param name="Kind">Given, When or Then.</param>
/// <param name="Pattern">Which steps.</param>
/// <param name="Method">The method.</param>
internal sealed record StepDefinition(string Kind, string Pattern, MethodInfo Method)
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    private static readonly Lazy<StepDefinition[]> Read = new(() => [.. Find()]);

    /// <summary>Every definition of this assembly.</summary>
    public static IReadOnlyList<StepDefinition> All => Read.Value;

    /// <summary>The one that fits a step.</summary>
    /// <exception cref="InvalidOperationException">None does, or several do.</exception>
    public static StepDefinition Of(StepText step) => All.Where(d => d.Fits(step)).ToArray() is [var only]
        ? only
        : throw new InvalidOperationException($"no definition, or more than one, fits the step \"{step.Text}\"");

    /// <summary>Carries out a step, as a runner would.</summary>
    /// <param name="step">The step, which fits.</param>
    /// <param name="instances">Classes of definitions that this scenario has used, by type.</param>
    /// <param name="world">What they share.</param>
    public async Task InvokeAsync(StepText step, Dictionary<Type, object> instances, ScenarioWorld world)
    {
        world.Kept?.Begin(step, () => InvokeAsync(step, instances, world), instances.Values);
        var type = Method.DeclaringType!;
        if (!instances.TryGetValue(type, out var instance))
            instances[type] = instance = Activator.CreateInstance(type, world)!;
        var values = Regex.Match(step.Text, Pattern).Groups.Values.Skip(1).Select(g => g.Value);
        var arguments = Method.GetParameters().Zip(values, (p, v) =>
            p.ParameterType == typeof(string) ? v : Convert.ChangeType(v, p.ParameterType, Culture));
        var result = Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, [.. arguments], Culture);
        if (result is Task task) await task;
    }

    private bool Fits(StepText step) => Kind == step.Kind && Regex.IsMatch(step.Text, Pattern);

    private static IEnumerable<StepDefinition> Find() =>
        from type in typeof(StepDefinition).Assembly.GetTypes()
        where type.IsDefined(typeof(BindingAttribute), true)
        from method in type.GetMethods()
        from attribute in method.CustomAttributes
        where attribute.AttributeType.Name is "GivenAttribute" or "WhenAttribute" or "ThenAttribute"
        let pattern = (string)attribute.ConstructorArguments[0].Value!
        select new StepDefinition(attribute.AttributeType.Name[..^9], pattern, method);
}
