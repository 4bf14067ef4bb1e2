using McConformance.Wire.Sip.Transactions;

namespace McConformance.Wire.Sip.Tests.Transactions;

/// <summary>The four machines, row by row, against RFC 3261 17 and RFC 6026 7.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MachineTests
{
    [Test]
    public void Non_invite_client_over_udp_follows_RFC_3261_figure_6() => MachineTable.Verify(
        """
        Idle        Start           Trying      SendRequest StartE StartF
        Trying      TimerE          Trying      SendRequest DoubleE
        Trying      TimerF          Terminated  TellTimeout
        Trying      Provisional     Proceeding  PassUp
        Trying      Success         Completed   PassUp StartK StopRepeat
        Trying      Failure         Completed   PassUp StartK StopRepeat
        Trying      TransportError  Terminated  TellTransport
        Proceeding  TimerE          Proceeding  SendRequest LongestE
        Proceeding  TimerF          Terminated  TellTimeout
        Proceeding  Provisional     Proceeding  PassUp
        Proceeding  Success         Completed   PassUp StartK StopRepeat
        Proceeding  Failure         Completed   PassUp StartK StopRepeat
        Proceeding  TransportError  Terminated  TellTransport
        Completed   TimerK          Terminated
        """,
        (state, on) => NonInviteClientMachine.Next(state, on, reliable: false));

    [Test]
    public void Non_invite_client_over_streams_repeats_nothing_and_absorbs_nothing() => MachineTable.Verify(
        """
        Idle        Start           Trying      SendRequest StartF
        Trying      TimerE          Trying      SendRequest DoubleE
        Trying      TimerF          Terminated  TellTimeout
        Trying      Provisional     Proceeding  PassUp
        Trying      Success         Terminated  PassUp
        Trying      Failure         Terminated  PassUp
        Trying      TransportError  Terminated  TellTransport
        Proceeding  TimerE          Proceeding  SendRequest LongestE
        Proceeding  TimerF          Terminated  TellTimeout
        Proceeding  Provisional     Proceeding  PassUp
        Proceeding  Success         Terminated  PassUp
        Proceeding  Failure         Terminated  PassUp
        Proceeding  TransportError  Terminated  TellTransport
        Completed   TimerK          Terminated
        """,
        (state, on) => NonInviteClientMachine.Next(state, on, reliable: true));

    [Test]
    public void Invite_client_over_udp_follows_RFC_6026_figure_5() => MachineTable.Verify(
        """
        Idle        Start           Calling     SendRequest StartA StartB
        Calling     TimerA          Calling     SendRequest DoubleA
        Calling     TimerB          Terminated  TellTimeout
        Calling     Provisional     Proceeding  PassUp StopRepeat StopLimit
        Calling     Success         Accepted    PassUp StartM StopRepeat
        Calling     Failure         Completed   SendAck PassUp StartD StopRepeat
        Calling     TransportError  Terminated  TellTransport
        Proceeding  Provisional     Proceeding  PassUp
        Proceeding  Success         Accepted    PassUp StartM
        Proceeding  Failure         Completed   SendAck PassUp StartD StopRepeat
        Proceeding  TransportError  Terminated  TellTransport
        Completed   Failure         Completed   SendAck
        Completed   TimerD          Terminated
        Completed   TransportError  Terminated  TellTransport
        Accepted    Success         Accepted    PassUp
        Accepted    TimerM          Terminated
        """,
        (state, on) => InviteClientMachine.Next(state, on, reliable: false));

    [Test]
    public void Invite_client_over_streams_ends_with_its_ack() => MachineTable.Verify(
        """
        Idle        Start           Calling     SendRequest StartB
        Calling     TimerA          Calling     SendRequest DoubleA
        Calling     TimerB          Terminated  TellTimeout
        Calling     Provisional     Proceeding  PassUp StopRepeat StopLimit
        Calling     Success         Accepted    PassUp StartM StopRepeat
        Calling     Failure         Terminated  SendAck PassUp
        Calling     TransportError  Terminated  TellTransport
        Proceeding  Provisional     Proceeding  PassUp
        Proceeding  Success         Accepted    PassUp StartM
        Proceeding  Failure         Terminated  SendAck PassUp
        Proceeding  TransportError  Terminated  TellTransport
        Completed   Failure         Completed   SendAck
        Completed   TimerD          Terminated
        Completed   TransportError  Terminated  TellTransport
        Accepted    Success         Accepted    PassUp
        Accepted    TimerM          Terminated
        """,
        (state, on) => InviteClientMachine.Next(state, on, reliable: true));

    [Test]
    public void Non_invite_server_over_udp_follows_RFC_3261_figure_8() => MachineTable.Verify(
        """
        Idle        Start           Trying      PassUp
        Trying      Provisional     Proceeding  SendResponse
        Trying      Success         Completed   SendResponse StartJ
        Trying      Failure         Completed   SendResponse StartJ
        Proceeding  RequestAgain    Proceeding  SendLast
        Proceeding  Provisional     Proceeding  SendResponse
        Proceeding  Success         Completed   SendResponse StartJ
        Proceeding  Failure         Completed   SendResponse StartJ
        Proceeding  TransportError  Terminated  TellTransport
        Completed   RequestAgain    Completed   SendLast
        Completed   TimerJ          Terminated
        Completed   TransportError  Terminated  TellTransport
        """,
        (state, on) => NonInviteServerMachine.Next(state, on, reliable: false));

    [Test]
    public void Non_invite_server_over_streams_ends_with_its_response() => MachineTable.Verify(
        """
        Idle        Start           Trying      PassUp
        Trying      Provisional     Proceeding  SendResponse
        Trying      Success         Terminated  SendResponse
        Trying      Failure         Terminated  SendResponse
        Proceeding  RequestAgain    Proceeding  SendLast
        Proceeding  Provisional     Proceeding  SendResponse
        Proceeding  Success         Terminated  SendResponse
        Proceeding  Failure         Terminated  SendResponse
        Proceeding  TransportError  Terminated  TellTransport
        Completed   RequestAgain    Completed   SendLast
        Completed   TimerJ          Terminated
        Completed   TransportError  Terminated  TellTransport
        """,
        (state, on) => NonInviteServerMachine.Next(state, on, reliable: true));

    [Test]
    public void Invite_server_over_udp_follows_RFC_6026_figure_4() => MachineTable.Verify(
        """
        Idle        Start           Proceeding  PassUp StartTrying
        Proceeding  RequestAgain    Proceeding  SendLast
        Proceeding  TimerTrying     Proceeding  SendTrying
        Proceeding  Provisional     Proceeding  SendResponse StopRepeat
        Proceeding  Success         Accepted    SendResponse StartL StopRepeat
        Proceeding  Failure         Completed   SendResponse StartG StartH
        Proceeding  TransportError  Proceeding  TellTransport
        Completed   RequestAgain    Completed   SendLast
        Completed   TimerG          Completed   SendLast DoubleG
        Completed   Ack             Confirmed   StartI StopRepeat
        Completed   TimerH          Terminated  TellTimeout
        Completed   TransportError  Completed   TellTransport
        Confirmed   TimerI          Terminated
        Accepted    Success         Accepted    SendResponse
        Accepted    Ack             Accepted    PassUp
        Accepted    TimerL          Terminated
        Accepted    TransportError  Accepted    TellTransport
        """,
        (state, on) => InviteServerMachine.Next(state, on, reliable: false));

    [Test]
    public void Invite_server_over_streams_repeats_no_response() => MachineTable.Verify(
        """
        Idle        Start           Proceeding  PassUp StartTrying
        Proceeding  RequestAgain    Proceeding  SendLast
        Proceeding  TimerTrying     Proceeding  SendTrying
        Proceeding  Provisional     Proceeding  SendResponse StopRepeat
        Proceeding  Success         Accepted    SendResponse StartL StopRepeat
        Proceeding  Failure         Completed   SendResponse StartH StopRepeat
        Proceeding  TransportError  Proceeding  TellTransport
        Completed   RequestAgain    Completed   SendLast
        Completed   TimerG          Completed   SendLast DoubleG
        Completed   Ack             Terminated
        Confirmed   TimerI          Terminated
        Completed   TimerH          Terminated  TellTimeout
        Completed   TransportError  Completed   TellTransport
        Accepted    Success         Accepted    SendResponse
        Accepted    Ack             Accepted    PassUp
        Accepted    TimerL          Terminated
        Accepted    TransportError  Accepted    TellTransport
        """,
        (state, on) => InviteServerMachine.Next(state, on, reliable: true));

    [Test]
    public void Derived_timers_have_the_values_of_RFC_3261_table_4()
    {
        var timers = new SipTimers();

        string.Join(' ', new[] { timers.A, timers.B, timers.D, timers.E, timers.F, timers.G, timers.H, timers.I,
            timers.J,
            timers.K, timers.L, timers.M, timers.T2 }.Select(t => t.TotalMilliseconds))
            .Should().Be("500 32000 32000 500 32000 500 32000 5000 32000 5000 32000 32000 4000");
    }
}
