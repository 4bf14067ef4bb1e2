// what the namespace rule must catch, each way once; none has a using directive
namespace McConformance.Tidy.Tests.Samples.Sibling
{
    internal class Thing
    {
        public static int Number() => 17;
    }

    internal sealed class MarkAttribute : Attribute;
}

namespace McConformance.Tidy.Tests.Samples.Bad.ByLambda
{
    internal static class User
    {
        public static Func<int, int> Make() => n => n + Sibling.Thing.Number();
    }
}

namespace McConformance.Tidy.Tests.Samples.Bad.ByTypeArgument
{
    internal static class User
    {
        public static int Make() => new List<Dictionary<string, Sibling.Thing[]>>().Count;
    }
}

namespace McConformance.Tidy.Tests.Samples.Bad.ByField
{
    internal abstract class User
    {
        protected Sibling.Thing? field = null;
    }
}

namespace McConformance.Tidy.Tests.Samples.Bad.ByConstraint
{
    internal interface IUser<T>
        where T : Sibling.Thing;
}

namespace McConformance.Tidy.Tests.Samples.Bad.ByAttribute
{
    [Sibling.Mark]
    internal interface IUser;
}
