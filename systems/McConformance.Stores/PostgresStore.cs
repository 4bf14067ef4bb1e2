using System.Collections.Concurrent;
using McConformance.Wire.State;
using Npgsql;

namespace McConformance.Stores;

/// <summary>
/// Keeps the state of nodes in a PostgreSQL database that several instances share. Each entry has the version of its last change; versions
/// of a table grow in the order in which changes are committed, so an instance asks for what is newer than what it knows. Thread safe.
/// </summary>
public sealed class PostgresStore : IDisposable
{
    private const string Schema = """
        create sequence if not exists mc_state_version;
        create table if not exists mc_state (
            node text not null, name text not null, key text not null, value text, version bigint not null,
            primary key (node, name, key));
        create index if not exists mc_state_news on mc_state (node, name, version);
        """;

    /// <summary>Two instances that start at the same time do not make the tables twice.</summary>
    private const long SchemaLock = 0x4d43_5374_6174_6501;

    private readonly NpgsqlDataSource source;
    private readonly Action<string>? broken;
    private readonly ConcurrentDictionary<string, Node> nodes = new();

    /// <summary>Connects, and makes the tables where there are none.</summary>
    /// <param name="uri"><c>postgres://user:password@host:port/database</c>.</param>
    /// <param name="broken">Is told when state cannot be kept any more.</param>
    /// <exception cref="ArgumentException">It is no such URI.</exception>
    /// <exception cref="IOException">The database cannot be used; says why.</exception>
    public PostgresStore(string uri, Action<string>? broken = null)
    {
        this.broken = broken;
        source = NpgsqlDataSource.Create(ConnectionOf(uri));
        try
        {
            using var connection = source.OpenConnection();
            using var make = new NpgsqlCommand($"select pg_advisory_xact_lock({SchemaLock}); {Schema}", connection);
            make.ExecuteNonQuery();
        }
        catch (NpgsqlException e)
        {
            source.Dispose();
            throw new IOException($"the database {new Uri(uri).GetComponents(UriComponents.HostAndPort | UriComponents.Path, UriFormat.Unescaped)} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Where a node keeps its state; instances of one node share it.</summary>
    public IStateStore StoreOf(string node) => nodes.GetOrAdd(node, n => new Node(this, n));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var node in nodes.Values) node.Dispose();
        source.Dispose();
    }

    /// <summary>What Npgsql makes a connection of.</summary>
    internal static string ConnectionOf(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql") || uri.AbsolutePath.Length < 2)
            throw new ArgumentException($"expected postgres://user:password@host:port/database, found \"{text}\"");
        var user = uri.UserInfo.Split(':', 2);
        var made = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        };
        return made.ConnectionString;
    }

    /// <summary>One connection serves the tables of a node.</summary>
    private sealed class Node(PostgresStore owner, string node) : IStateStore, IDisposable
    {
        private readonly Lock gate = new();
        private NpgsqlConnection? connection;

        public IStateTable Open(string name) => new Table(this, node, name);

        public void Dispose()
        {
            lock (gate) connection?.Dispose();
        }

        public T Do<T>(string sql, Func<NpgsqlCommand, T> run, params ReadOnlySpan<object?> values)
        {
            lock (gate)
            {
                try
                {
                    using var command = new NpgsqlCommand(sql, connection ??= owner.source.OpenConnection());
                    foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
                    return run(command);
                }
                catch (NpgsqlException e)
                {
                    owner.broken?.Invoke($"the database cannot be used: {e.Message}");
                    throw new StateLostException($"the database cannot be used: {e.Message}", e);
                }
            }
        }
    }

    private sealed class Table(Node connection, string node, string name) : IStateTable, IDisposable
    {
        private readonly string lockName = $"{node}/{name}";
        private long known;

        public IReadOnlyList<StateChange> News() => connection.Do(
            "select key, value, version from mc_state where node = $1 and name = $2 and version > $3 order by version",
            command =>
            {
                List<StateChange> news = [];
                using var reader = command.ExecuteReader();
                while (reader.Read())
                {
                    news.Add(new StateChange(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1)));
                    known = reader.GetInt64(2);
                }

                return news;
            },
            node, name, known);

        /// <summary>Under a lock until it is committed: a version that is seen is never followed by a lower one.</summary>
        public void Write(string key, string? value) => connection.Do(
            """
            with alone as materialized (select pg_advisory_xact_lock(hashtextextended($5, 0)))
            insert into mc_state (node, name, key, value, version)
            select $1, $2, $3, $4, nextval('mc_state_version') from alone
            on conflict (node, name, key) do update set value = excluded.value, version = excluded.version
            """,
            command => command.ExecuteNonQuery(),
            node, name, key, value, lockName);

        public IDisposable Enter()
        {
            connection.Do("select pg_advisory_lock(hashtextextended($1, 0))", c => c.ExecuteNonQuery(), lockName);
            return this;
        }

        public void Dispose() => connection.Do("select pg_advisory_unlock(hashtextextended($1, 0))", c => c.ExecuteNonQuery(), lockName);
    }
}
