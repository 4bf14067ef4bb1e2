namespace McConformance.Wire.Diameter.Dictionary;

/// <summary>The commands of RFC 6733, TS 29.229 and TS 29.329, one row each. How a row is written: <see
/// cref="Grammar"/>.</summary>
internal static class CommandTable
{
    private const uint Cx = 16777216;
    private const uint Sh = 16777217;

    /// <summary>What every request of an application begins with; result codes and the like never stand in
    /// one.</summary>
    private const string Asks = "263! 260! 277! 264! 296! 268- 297- 279- 281- 282* 284* ";

    /// <summary>What every answer of an application begins with. That one of 268 and 297 is there is a rule of its
    /// own.</summary>
    private const string Answers = "263! 260! 277! 264! 296! 268? 297? 279? 281? 282- 283- 293- 284* ";

    /// <summary>Answers with the E bit (RFC 6733 7.2).</summary>
    public static readonly Grammar ProtocolError =
        Grammar.Read("263? 264! 296! 268! 297? 278? 281? 294? 279? 284* 282- 283- 293-");

    public static IEnumerable<CommandDefinition> Read() => [.. Base(), .. OfCx(), .. OfSh()];

    private static IEnumerable<CommandDefinition> Base()
    {
        const string Capabilities = "264! 296! 257+ 266! 269! 278? 265* 258* 299* 259* 260* 267? ";
        yield return Of6733(257, "Capabilities-Exchange", "CE", false, "5.3", Capabilities + "268- 263-",
            Capabilities + "268! 281? 279? 263-");
        yield return Of6733(280, "Device-Watchdog", "DW", false, "5.5", "264! 296! 278? 268-",
            "268! 264! 296! 281? 279? 278?");
        yield return Of6733(282, "Disconnect-Peer", "DP", false, "5.4", "264! 296! 273! 268-",
            "268! 264! 296! 281? 279?");
        const string Session = "263! 264! 296! ";
        yield return Of6733(258, "Re-Auth", "RA", true, "8.3", Session + "283! 293! 258! 285! 268-",
            Session + "268! 282-");
        yield return Of6733(274, "Abort-Session", "AS", true, "8.5", Session + "283! 293! 258! 268-",
            Session + "268! 282-");
        yield return Of6733(275, "Session-Termination", "ST", true, "8.4", Session + "283! 258! 295! 268-",
            Session + "268! 282-");
        yield return Of6733(271, "Accounting", "AC", true, "9.7", Session + "283! 480! 485! 268-",
            Session + "268! 480! 485! 282-");
    }

    private static IEnumerable<CommandDefinition> OfCx()
    {
        yield return OfTs("TS 29.229", 300, Cx, "User-Authorization", "UA", 1,
            "293? 283! 1! 628* 601! 600! 623? 637?", "628* 602? 603?");
        yield return OfTs("TS 29.229", 301, Cx, "Server-Assignment", "SA", 3,
            "293? 283! 1? 628* 601* 634? 602! 614! 624! 639? 648? 650? 655?",
                "1? 628* 606? 618? 632? 638? 639* 647? 602? 634? 652?");
        yield return OfTs("TS 29.229", 302, Cx, "Location-Info", "LI", 5, "293? 283! 633? 628* 601! 623? 650?",
            "628* 602? 603? 634? 653?");
        yield return OfTs("TS 29.229", 303, Cx, "Multimedia-Auth", "MA", 7,
            "283! 293? 1! 628* 601! 612! 607! 602!", "1? 628* 601? 607? 612*");
        yield return OfTs("TS 29.229", 304, Cx, "Registration-Termination", "RT", 9,
            "293! 283! 1! 632? 628* 601* 615!", "632? 628* 651*");
        yield return OfTs("TS 29.229", 305, Cx, "Push-Profile", "PP", 11, "293! 283! 1! 628* 606? 618? 635?", "628*");
    }

    private static IEnumerable<CommandDefinition> OfSh()
    {
        yield return OfTs("TS 29.329", 306, Sh, "User-Data", "UD", 1,
            "293? 283! 628* 700! 703+ 708* 704* 706? 707? 602?", "628* 702?");
        yield return OfTs("TS 29.329", 307, Sh, "Profile-Update", "PU", 3, "293? 283! 628* 700! 703! 702!", "628*");
        yield return OfTs("TS 29.329", 308, Sh, "Subscribe-Notifications", "SN", 5,
            "293? 283! 628* 700! 703+ 705! 704* 602?", "628* 702?");
        yield return OfTs("TS 29.329", 309, Sh, "Push-Notification", "PN", 7, "293! 283! 628* 700! 702!", "628*");
    }

    private static CommandDefinition Of6733(
        uint code, string name, string stem, bool isProxiable, string clause, string request, string answer) => new(
        code, code == 271 ? 3u : 0, name, stem, isProxiable, Grammar.Read(request), Grammar.Read(answer),
        new Clause("RFC 6733", clause + ".1"), new Clause("RFC 6733", clause + ".2"));

    private static CommandDefinition OfTs(
        string document, uint code, uint application, string name, string stem, int clause, string request,
            string answer) => new(
        code, application, name, stem, true, Grammar.Read(Asks + request), Grammar.Read(Answers + answer),
        new Clause(document, $"6.1.{clause}"), new Clause(document, $"6.1.{clause + 1}"));
}

/// <summary>What stands inside grouped AVPs. How a row is written: <see cref="Grammar"/>.</summary>
internal static class GroupTable
{
    private static readonly (uint Code, uint Vendor, string Row)[] Rows =
    [
        (260, 0, "266+ 258? 259?"), // RFC 6733 6.11 has one Vendor-Id; RFC 3588 6.11 allowed several
        (284, 0, "280! 33!"),
        (297, 0, "266! 298!"),
        (603, 10415, "604* 605* 602*"),
        (612, 10415, "613? 608? 609? 610? 611? 625? 626? 635?"),
        (615, 10415, "616! 617?"),
        (618, 10415, "619? 620? 621? 622?"),
        (628, 10415, "266! 629! 630!"),
        (632, 10415, "1*"),
        (635, 10415, "104! 111? 110! 121!"),
        (700, 10415, "601? 701?"),
    ];

    public static Dictionary<(uint, uint), Grammar> Read() =>
        Rows.ToDictionary(r => (r.Code, r.Vendor), r => Grammar.Read(r.Row));
}
