@clause:10.1.6.2 @faults
Feature: 10.1.6.2 Signalling plane registration: faults on the links
  Each message of the flow is lost, duplicated, delayed or overtaken on its link. SIP over UDP repairs a loss by itself; a
  Diameter message that is lost on its connection ends the attempt, and the UE may try again.

  Background:
    Given the primary and the partner MC system
    And alice's UE, which may migrate to the partner MC system

  @SPR-1 @SPR-11 @negative
  Scenario Outline: A lost <message> between UE and SIP core, or within it, is repaired
    Given the <message> is lost once on the way from <sender> to <receiver>
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is registered
    And the <message> was sent again
    And a binding exists in the partner MC system

    Examples:
      | message              | sender               | receiver             |
      | registration request | alice's UE           | the partner's P-CSCF |
      | registration request | the partner's P-CSCF | the partner's I-CSCF |
      | registration request | the partner's I-CSCF | the partner's S-CSCF |
      | challenge            | the partner's S-CSCF | the partner's I-CSCF |
      | challenge            | the partner's I-CSCF | the partner's P-CSCF |
      | challenge            | the partner's P-CSCF | alice's UE           |
      | challenge answer     | alice's UE           | the partner's P-CSCF |
      | registration success | the partner's P-CSCF | alice's UE           |

  @SPR-2 @SPR-5 @SPR-7 @SPR-9 @negative
  Scenario Outline: A lost <message> from <sender> to <receiver> ends the attempt, and the next one succeeds
    Given the <message> is lost once on the way from <sender> to <receiver>
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is refused with 504
    And no binding remains in the partner MC system
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is registered

    Examples:
      | message                             | sender                                    | receiver                                  |
      | authentication information request  | the partner's S-CSCF                      | the partner's migration management server |
      | authentication information request  | the partner's migration management server | the primary's migration management server |
      | authentication information request  | the primary's migration management server | the primary's SIP database                |
      | authentication information response | the primary's SIP database                | the primary's migration management server |
      | authentication information response | the primary's migration management server | the partner's migration management server |
      | authentication information response | the partner's migration management server | the partner's S-CSCF                      |
      | user authorization request          | the partner's I-CSCF                      | the partner's SIP database                |
      | user authorization response         | the partner's SIP database                | the partner's I-CSCF                      |

  @SPR-11 @negative
  Scenario Outline: A lost server assignment <message> ends the attempt without a binding at the SIP core
    Given the server assignment <message> is lost once on the way from <sender> to <receiver>
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is refused with 504
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is registered
    And a binding exists in the partner MC system

    Examples:
      | message  | sender                                    | receiver                                  |
      | request  | the partner's S-CSCF                      | the partner's migration management server |
      | response | the partner's migration management server | the partner's S-CSCF                      |

  @SPR-11 @negative
  Scenario: A SIP core that has lost a registration in a crash lets the UE register anew
    Given the MC system of the partner's S-CSCF crashes after it handles the server assignment response from the partner's migration management server, and starts again
    When alice's UE registers with the SIP core of the partner MC system
    And alice's UE registers with the SIP core of the partner MC system
    Then the UE is registered
    And a binding exists in the partner MC system

  @SPR-1 @SPR-5 @SPR-10 @DPX-1 @negative
  Scenario Outline: A duplicated <message> from <sender> to <receiver> is taken once
    Given the <message> is duplicated on the way from <sender> to <receiver>
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is registered
    And the primary's SIP database made one vector

    Examples:
      | message                             | sender                                    | receiver                                  |
      | registration request                | alice's UE                                | the partner's P-CSCF                      |
      | challenge                           | the partner's P-CSCF                      | alice's UE                                |
      | challenge answer                    | alice's UE                                | the partner's P-CSCF                      |
      | authentication information request  | the partner's S-CSCF                      | the partner's migration management server |
      | authentication information request  | the partner's migration management server | the primary's migration management server |
      | authentication information request  | the primary's migration management server | the primary's SIP database                |
      | authentication information response | the primary's migration management server | the partner's migration management server |
      | registration request                | the partner's P-CSCF                      | the partner's I-CSCF                      |
      | registration request                | the partner's I-CSCF                      | the partner's S-CSCF                      |
      | challenge                           | the partner's S-CSCF                      | the partner's I-CSCF                      |
      | user authorization request          | the partner's I-CSCF                      | the partner's SIP database                |
      | server assignment request           | the partner's S-CSCF                      | the partner's migration management server |

  @SPR-4 @SPR-10 @negative
  Scenario Outline: A <message> that is delayed by <delay> s <ends>
    Given the <message> is delayed by <delay> seconds on the way from <sender> to <receiver>
    When alice's UE registers with the SIP core of the partner MC system
    Then <outcome>

    Examples:
      | message                             | sender                                    | receiver                                  | delay | ends                | outcome                     |
      | registration request                | alice's UE                                | the partner's P-CSCF                      | 3     | still succeeds      | the UE is registered        |
      | challenge                           | the partner's P-CSCF                      | alice's UE                                | 3     | still succeeds      | the UE is registered        |
      | authentication information request  | the partner's migration management server | the primary's migration management server | 3     | still succeeds      | the UE is registered        |
      | authentication information response | the primary's migration management server | the partner's migration management server | 3     | still succeeds      | the UE is registered        |
      | challenge                           | the partner's S-CSCF                      | the partner's I-CSCF                      | 3     | still succeeds      | the UE is registered        |
      | user authorization request          | the partner's I-CSCF                      | the partner's SIP database                | 3     | still succeeds      | the UE is registered        |
      | authentication information request  | the partner's S-CSCF                      | the partner's migration management server | 3     | still succeeds      | the UE is registered        |
      | authentication information request  | the primary's migration management server | the primary's SIP database                | 3     | still succeeds      | the UE is registered        |
      | authentication information response | the primary's migration management server | the partner's migration management server | 20    | comes too late      | the UE is refused with 504  |

  @SPR-3 @SPR-8 @DPX-1 @negative
  Scenario Outline: Requests of two UEs that overtake each other on <link> are not mixed up
    Given bob's UE, which may migrate to the partner MC system
    And the <message> of two UEs overtake each other on the way from <sender> to <receiver>
    When alice's UE and bob's UE register with the SIP core of the partner MC system at the same time
    Then both UEs are registered
    And each UE was challenged with the vector made for it

    Examples:
      | link   | message                              | sender                                    | receiver                                  |
      | CSC-18 | authentication information requests  | the partner's migration management server | the primary's migration management server |
      | CSC-18 | authentication information responses | the primary's migration management server | the partner's migration management server |
      | AAA-2  | authentication information responses | the primary's SIP database                | the primary's migration management server |
      | AAA-2  | authentication information requests  | the partner's S-CSCF                      | the partner's migration management server |
      | Mw     | registration requests                | the partner's P-CSCF                      | the partner's I-CSCF                      |
      | Mw     | challenges                           | the partner's S-CSCF                      | the partner's I-CSCF                      |
