@clause:6.2.1
Feature: 6.2.1 Solution 2
  A UE asks its primary MC system for connection details of a partner. The primary's configuration management server chooses
  the partner, has identities allocated on both sides, and passes on what the partner gives (TR 23.781 6.2.1).

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system

  Rule: Steps 1 to 13

    @SOL2-PRE @SOL2-1 @SOL2-2 @SOL2-3 @SOL2-4 @SOL2-5 @SOL2-6 @SOL2-7 @SOL2-8 @SOL2-9 @SOL2-10 @SOL2-11 @SOL2-12 @SOL2-13
    @KI-2.4-a @positive
    Scenario: A UE gets connection details of a partner that its user wants
      Given alice signs in at home
      When alice asks for connection details of the partner MC system
      Then the messages of steps 1 to 13 pass in order
      And the partner access request names the user, the SIP database and the outbound identities
      And alice gets inbound identities and initial configuration of the partner MC system

    @SOL2-3 @KI-2.3 @positive
    Scenario: Without a wish the partner is chosen by the UE's location
      Given alice signs in at home
      When alice asks for connection details in the area of the partner MC system
      Then alice gets inbound identities and initial configuration of the partner MC system

    @SOL2-3 @KI-2.3 @negative
    Scenario: A wish for which there is no agreement gives way to the location
      Given alice signs in at home
      When alice asks for connection details of the third MC system in the area of the partner MC system
      Then alice gets inbound identities and initial configuration of the partner MC system

    @SOL2-3 @SOL2-1 @KI-2.3 @negative
    Scenario: Without wish and location nobody is asked
      Given alice signs in at home
      When alice asks for connection details without saying where
      Then alice is told 404 because of no-partner-for-user (SOL2-3)
      And nothing is asked of the partner (SOL2-3)

    @SOL2-4 @SOL2-5 @SOL2-6 @negative
    Scenario: Where the policy has it so, the user's own identities are sent
      Given as configured, outbound identities are not allocated
      And alice signs in at home
      When alice asks for connection details of the partner MC system
      Then no outbound identities are asked for, and the request carries the user's own
      And alice gets inbound identities and initial configuration of the partner MC system

    @SOL2-5 @SOL2-10 @positive
    Scenario: Asked again, the same identities are given
      Given alice signs in at home
      When alice asks for connection details of the partner MC system
      And alice asks for connection details of the partner MC system
      Then the same identities were given both times

  Rule: Who is refused

    @SOL2-PRE @SOL2-1 @negative
    Scenario: Nobody asks for another user
      Given alice signs in at home
      When alice asks for connection details of another user
      Then alice is told 403 because of token-mismatch (SOL2-1)
      And nothing is asked of the partner (SOL2-1)

    @SOL2-2 @SOL2-3 @KI-2.4-a @negative
    Scenario: A user without an agreement for the partner is refused
      Given as configured, alice may not migrate at all
      And alice signs in at home
      When alice asks for connection details of the partner MC system
      Then alice is told 404 because of no-partner-for-user (SOL2-2)
      And nothing is asked of the partner (SOL2-2)

    @SOL2-7 @SOL2-8 @SOL2-9 @SOL2-10 @SOL2-11 @SOL2-12 @SOL2-13 @negative
    Scenario Outline: The partner refuses: <policy>
      Given as configured, <policy>
      And alice signs in at home
      When alice asks for connection details of the partner MC system
      Then alice is told 403 because of <cause> (SOL2-8)
      And the partner allocates nothing (SOL2-8)

      Examples:
        | policy                                                          | cause                 |
        | the partner MC system does not allow migration from the primary | system-not-authorized |
        | the partner MC system does not expect alice                     | user-not-authorized   |
        | the partner MC system has no configuration for the primary      | system-not-authorized |

    @SOL2-1 @negative
    Scenario Outline: A request with a body that is <how> is refused
      Given alice signs in at home
      When alice asks for connection details with a body that is <how>
      Then alice is told 400 because of malformed-request (SOL2-1)
      And nothing is asked of the partner (SOL2-1)

      Examples:
        | how                  |
        | no XML               |
        | of another kind      |
        | without a user       |
        | with a document type |

  Rule: Faults on the links

    @SOL2-7 @SOL2-12 @faults @negative
    Scenario Outline: A lost <message> ends the attempt, and the next one succeeds
      Given the <message> is lost once on the way from <sender> to <receiver>
      And alice signs in at home
      When alice asks for connection details of the partner MC system
      Then alice is told 504 because of partner-unreachable (SOL2-12)
      When alice asks for connection details of the partner MC system
      Then alice gets inbound identities and initial configuration of the partner MC system

      Examples:
        | message                 | sender                                        | receiver                                      |
        | partner access request  | the primary's configuration management server | the partner's configuration management server |
        | partner access response | the partner's configuration management server | the primary's configuration management server |

    @SOL2-4 @SOL2-6 @SOL2-9 @SOL2-11 @faults @negative
    Scenario Outline: A lost <message> between configuration management server and SIP database of the <role> ends the attempt
      Given the <message> is lost once on the way from <sender> to <receiver>
      And alice signs in at home
      When alice asks for connection details of the partner MC system
      Then alice is told <status> because of <cause> (<requirement>)
      When alice asks for connection details of the partner MC system
      Then alice gets inbound identities and initial configuration of the partner MC system

      Examples:
        | role    | message             | sender                                        | receiver                                      | status | cause                    | requirement |
        | primary | identities request  | the primary's configuration management server | the primary's SIP database                    | 503    | sip-database-unavailable | SOL2-4      |
        | primary | identities response | the primary's SIP database                    | the primary's configuration management server | 503    | sip-database-unavailable | SOL2-6      |
        | partner | identities request  | the partner's configuration management server | the partner's SIP database                    | 502    | sip-database-unavailable | SOL2-9      |
        | partner | identities response | the partner's SIP database                    | the partner's configuration management server | 502    | sip-database-unavailable | SOL2-11     |

    @SOL2-7 @SOL2-12 @faults @negative
    Scenario Outline: A duplicated <message> binds nothing twice
      Given the <message> is duplicated on the way from <sender> to <receiver>
      And alice signs in at home
      When alice asks for connection details of the partner MC system
      And alice asks for connection details of the partner MC system
      Then the same identities were given both times

      Examples:
        | message                 | sender                                        | receiver                                      |
        | partner access request  | the primary's configuration management server | the partner's configuration management server |
        | partner access response | the partner's configuration management server | the primary's configuration management server |

  Rule: Steps 14 to 25

    @SOL2-14 @SOL2-15 @SOL2-16 @SOL2-17 @SOL2-18 @SOL2-19 @SOL2-20 @SOL2-21 @SOL2-22 @SOL2-23 @SOL2-24 @SOL2-25 @positive
    Scenario: A UE registers and gets service with the identities received
      Given in the partner MC system the migration management server is part of the SIP database
      And in the primary MC system the migration management server is part of the SIP database
      And alice signs in at home
      When alice asks for connection details of the partner MC system
      And alice's UE registers with the identities received
      Then the UE is registered
      And the registration response says that the authentication is successful
      When alice obtains the primary's profile
      And alice chooses the partner MC system
      And alice authenticates to the partner
      And alice registers at the partner's SIP core
      And alice obtains the partner's profile
      And alice requests migration service authorization
      Then alice is told that migration and service authorization succeeded
