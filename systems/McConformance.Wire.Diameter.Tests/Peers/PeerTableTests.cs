using McConformance.Wire.Diameter.Peers;

namespace McConformance.Wire.Diameter.Tests.Peers;

/// <summary>RFC 6733 5.6 row by row, and RFC 3539 3.4.1 as courses of events.</summary>
[Parallelizable(ParallelScope.All)]
public class PeerTableTests
{
    //   state             event         actions                  next state
    [TestCase("Closed           Start         ISndConnReq              WaitConnAck")]
    [TestCase("Closed           RConnCer      RSndCea                  ROpen")]
    [TestCase("Closed           Timeout       None                     Closed")]
    [TestCase("WaitConnAck      IRcvConnAck   ISndCer                  WaitICea")]
    [TestCase("WaitConnAck      IRcvConnNack  None                     Closed")]
    [TestCase("WaitConnAck      RConnCer      None                     WaitConnAckElect")]
    [TestCase("WaitConnAck      Timeout       IDisc,RDisc              Closed")]
    [TestCase("WaitICea         IRcvCea       None                     IOpen")]
    [TestCase("WaitICea         RConnCer      Elect                    WaitReturns")]
    [TestCase("WaitICea         IPeerDisc     IDisc                    Closed")]
    [TestCase("WaitICea         IRcvNonCea    IDisc,RDisc              Closed")]
    [TestCase("WaitICea         Timeout       IDisc,RDisc              Closed")]
    [TestCase("WaitConnAckElect IRcvConnAck   ISndCer,Elect            WaitReturns")]
    [TestCase("WaitConnAckElect IRcvConnNack  RSndCea                  ROpen")]
    [TestCase("WaitConnAckElect RPeerDisc     RDisc                    WaitConnAck")]
    [TestCase("WaitConnAckElect RConnCer      RReject                  WaitConnAckElect")]
    [TestCase("WaitConnAckElect Timeout       IDisc,RDisc              Closed")]
    [TestCase("WaitReturns      WinElection   IDisc,RSndCea            ROpen")]
    [TestCase("WaitReturns      IPeerDisc     IDisc,RSndCea            ROpen")]
    [TestCase("WaitReturns      IRcvCea       RDisc                    IOpen")]
    [TestCase("WaitReturns      RPeerDisc     RDisc                    WaitICea")]
    [TestCase("WaitReturns      RConnCer      RReject                  WaitReturns")]
    [TestCase("WaitReturns      Timeout       IDisc,RDisc              Closed")]
    [TestCase("ROpen            RConnCer      RReject                  ROpen")]
    [TestCase("ROpen            Stop          SndDpr                   Closing")]
    [TestCase("ROpen            RcvDpr        SndDpa                   Closing")]
    [TestCase("ROpen            RPeerDisc     RDisc                    Closed")]
    [TestCase("IOpen            RConnCer      RReject                  IOpen")]
    [TestCase("IOpen            Stop          SndDpr                   Closing")]
    [TestCase("IOpen            RcvDpr        SndDpa                   Closing")]
    [TestCase("IOpen            IPeerDisc     IDisc                    Closed")]
    [TestCase("Closing          RcvDpa        IDisc,RDisc              Closed")]
    [TestCase("Closing          Timeout       IDisc,RDisc              Closed")]
    [TestCase("Closing          IPeerDisc     IDisc,RDisc              Closed")]
    [TestCase("Closing          RPeerDisc     IDisc,RDisc              Closed")]
    [TestCase("Closing          RConnCer      RReject                  Closing")]
    public void Follows_the_table(string row)
    {
        var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (next, actions) = PeerTable.Next(Enum.Parse<PeerState>(words[0]), Enum.Parse<PeerEvent>(words[1]));
        $"{actions.ToString().Replace(" ", "", StringComparison.Ordinal)} {next}".Should().Be($"{words[2]} {words[3]}");
    }

    //   events: U up, D down, A DWA, M other message, T timer      actions of the last one            state    pending
    [TestCase("U        SetWatchdog                          Okay    False")]
    [TestCase("UT       SetWatchdog,SendWatchdog             Okay    True")]
    [TestCase("UTA      SetWatchdog                          Okay    False")]
    [TestCase("UTM      SetWatchdog                          Okay    True")]
    [TestCase("UTT      SetWatchdog,Failover                 Suspect True")]
    [TestCase("UTTM     SetWatchdog,Failback                 Okay    False")]
    [TestCase("UTTA     SetWatchdog,Failback                 Okay    False")]
    [TestCase("UTTT     CloseConnection                      Down    False")]
    [TestCase("UD       Failover                             Down    False")]
    [TestCase("UDU      SetWatchdog,SendWatchdog             Reopen  True")]
    [TestCase("UDUA     None                                 Reopen  False")]
    [TestCase("UDUAT    SetWatchdog,SendWatchdog             Reopen  True")]
    [TestCase("UDUATATA Failback                             Okay    False")]
    [TestCase("UDUT     SetWatchdog                          Reopen  True")]
    [TestCase("UDUTT    CloseConnection                      Down    False")]
    [TestCase("UDUM     None                                 Reopen  True")]
    public void The_watchdog_follows_RFC_3539(string row)
    {
        var words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var watchdog = new PeerWatchdog();
        var last = WatchdogActions.None;
        foreach (var letter in words[0]) last = watchdog.On(EventOf(letter));
        $"{last.ToString().Replace(" ", "", StringComparison.Ordinal)} {watchdog.State} {watchdog.Pending}"
            .Should().Be(string.Join(' ', words[1..]));
    }

    private static WatchdogEvent EventOf(char letter) => letter switch
    {
        'U' => WatchdogEvent.ConnectionUp,
        'D' => WatchdogEvent.ConnectionDown,
        'A' => WatchdogEvent.ReceiveDwa,
        'M' => WatchdogEvent.ReceiveOther,
        _ => WatchdogEvent.TimerExpires,
    };
}
