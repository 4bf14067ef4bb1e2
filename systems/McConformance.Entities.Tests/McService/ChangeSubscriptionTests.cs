using System.Globalization;
using System.Text;
using FluentAssertions;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.Tests.McService;

/// <summary>An MC service server wants to hear of changes for as long as it runs (RFC 6665 4.1.2.2).</summary>
[Parallelizable(ParallelScope.All)]
public class ChangeSubscriptionTests
{
    [Test]
    public async Task Goes_on_in_its_dialog_at_half_its_life()
    {
        var asked = await AskedAsync([200, 200], TimeSpan.FromSeconds(1801));

        asked.Should().HaveCount(2);
        asked[0].Should().Match<Asked>(a => a.Tag == "" && a.CSeq == 1);
        asked[1].Should().Match<Asked>(a => a.Tag != "" && a.CSeq == 2 && a.CallId == asked[0].CallId);
    }

    [Test]
    public async Task Begins_anew_at_once_where_the_other_end_knows_it_no_more()
    {
        var asked = await AskedAsync([200, 481, 200], TimeSpan.FromSeconds(1801));

        asked.Should().HaveCount(3);
        asked[2].Should().Match<Asked>(a => a.Tag == "" && a.CSeq == 1 && a.CallId != asked[0].CallId);
    }

    [TestCase(503)]
    [TestCase(481)]
    public async Task Begins_anew_half_a_minute_after_a_refusal(int refusal)
    {
        (await AskedAsync([refusal], TimeSpan.FromSeconds(29))).Should().ContainSingle();

        var asked = await AskedAsync([refusal, 200], TimeSpan.FromSeconds(31));

        asked.Should().HaveCount(2);
        asked[1].Should().Match<Asked>(a => a.Tag == "" && a.CSeq == 1 && a.CallId != asked[0].CallId);
    }

    private static async Task<IReadOnlyList<Asked>> AskedAsync(int[] answers, TimeSpan time)
    {
        var notifier = new Notifier(answers);
        await using var scene = MigrationScene.Start(hasGateways: false);
        await using var endpoint = scene.Other(
            "gms.partner.example", EntityKind.GroupManagementServer, MigrationScene.Partner, notifier);
        scene.Server(MigrationScene.Partner).Subscribe(new(Carrier.Tcp, endpoint.AddressOf(Carrier.Tcp)));
        await notifier.First.WaitAsync(TimeSpan.FromSeconds(15));
        await scene.QuietAsync();
        scene.Clock.Advance(time);
        await scene.QuietAsync();
        return notifier.Asked;
    }

    private sealed record Asked(string CallId, string Tag, int CSeq);

    private sealed class Notifier(int[] answers) : ISipUser
    {
        private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<Asked> asked = [];

        public Task First => first.Task;

        public IReadOnlyList<Asked> Asked
        {
            get
            {
                lock (asked) return [.. asked];
            }
        }

        public void OnRequest(SipServerTransaction transaction)
        {
            var request = transaction.Request;
            lock (asked)
            {
                var to = Text(request, SipHeader.To).Split(";tag=");
                asked.Add(new Asked(
                    Text(request, SipHeader.CallId), to.Length > 1 ? to[1] : "",
                    int.Parse(Text(request, SipHeader.CSeq).Split(' ')[0], CultureInfo.InvariantCulture)));
                transaction.Respond(answers[asked.Count - 1], "Answer"u8);
            }

            first.TrySetResult();
        }

        public void OnAck(SipMessage ack, SipFlow flow)
        {
        }

        public void OnStrayResponse(SipMessage response, SipFlow flow)
        {
        }

        private static string Text(SipMessage message, SipHeader header) =>
            message.TryGet(header, out var value) ? Encoding.UTF8.GetString(value) : "";
    }
}
