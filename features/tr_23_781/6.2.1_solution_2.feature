@clause:6.2.1
Feature: 6.2.1 Solution 2
  A UE asks its primary MC system for connection details of a partner. The primary's configuration management server chooses
  the partner, has identities allocated on both sides, and passes on what the partner gives (TR 23.781 6.2.1).

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system

  Rule: Steps 1 to 13

    @SOL2-PRE @SOL2-1 @SOL2-2 @SOL2-3 @SOL2-4 @SOL2-6 @SOL2-7 @SOL2-8 @SOL2-9 @SOL2-11 @SOL2-12 @SOL2-13 @positive
    Scenario: A UE gets connection details of a partner that its user wants
      Given alice signs in at home
      When alice asks for connection details of the partner MC system
      Then the messages of steps 1 to 13 pass in order
      And alice gets inbound identities and initial configuration of the partner MC system

    @SOL2-4 @SOL2-5 @SOL2-6 @SOL2-7 @positive
    Scenario: The primary allocates outbound identities and names them to the partner
      Given alice signs in at home
      When alice asks for connection details of the partner MC system
      Then each message at the primary carries the identities of the one before

    @SOL2-9 @SOL2-10 @SOL2-11 @SOL2-12 @SOL2-13 @positive
    Scenario: The partner allocates inbound identities and gives them to the UE
      Given alice signs in at home
      When alice asks for connection details of the partner MC system
      Then each message from the partner on carries the identities of the one before

    @KI-2.4-a @SOL2-12 @SOL2-13 @positive
    Scenario: A UE is configured for the partner without manual work
      Given alice signs in at home
      When alice asks for connection details of the partner MC system
      Then alice's UE is configured without manual work: bearers, servers and service addresses of the partner

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
    Scenario: Without a wish, and where no partner serves, nobody is asked
      Given alice signs in at home
      When alice asks for connection details in an area that no partner serves
      Then alice is told 404 because of no-partner (KI-2.3)
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

    @SOL2-5 @SOL2-10 @negative
    Scenario: Two users are not given the same identities
      Given bob, who may migrate to the partner MC system
      And alice signs in at home
      And bob signs in at home
      When alice asks for connection details of the partner MC system
      And bob asks for connection details of the partner MC system
      Then each user was given other identities (SOL2-10)

    @SOL2-5 @SOL2-6 @negative
    Scenario: Nothing is allocated for identities that the SIP database does not know
      Given the primary's SIP database does not know alice's UE
      And alice signs in at home
      When alice asks for connection details of the partner MC system
      Then the primary's SIP database allocates nothing (SOL2-5)
      And alice is told 503 because of no-identities (SOL2-5)
      And nothing is asked of the partner (SOL2-5)

    @SOL2-13N @positive
    Scenario: The partner's configuration stands beside the primary's
      Given alice signs in at home
      When alice obtains the primary's profile
      And alice asks for connection details of the partner MC system
      And alice signs in at home
      And alice obtains the primary's profile
      And alice requests service authorization at home
      Then the configuration of the primary was kept beside the partner's

    @SOL2-13N @negative
    Scenario: A refusal of the partner takes nothing of the primary's configuration away
      Given as configured, the partner MC system does not expect alice
      And alice signs in at home
      When alice obtains the primary's profile
      And alice asks for connection details of the partner MC system
      And alice signs in at home
      And alice obtains the primary's profile
      And alice requests service authorization at home
      Then the configuration of the primary was kept beside the partner's

  Rule: Who is refused

    @SOL2-PRE @positive
    Scenario: The client reaches the primary's servers securely
      Given the application planes are protected by TLS
      And alice signs in at home
      When alice asks for connection details of the partner MC system
      Then all that alice's client and the primary's servers sent each other over HTTP was protected (SOL2-PRE)
      And alice gets inbound identities and initial configuration of the partner MC system

    @SOL2-PRE @negative
    Scenario Outline: A client with <token> is refused
      Given alice signs in at home
      When alice asks for connection details of the partner MC system with <token>
      Then alice is told <status> (SOL2-PRE)
      And nothing is asked of the partner (SOL2-PRE)

      Examples:
        | token            | status |
        | no token         | 403    |
        | an altered token | 401    |

    @SOL2-2 @negative
    Scenario: A user who is not authorized for migration is refused
      Given as configured, alice is not authorized for migration
      And alice signs in at home
      When alice asks for connection details of the partner MC system
      Then alice is told 403 because of user-not-authorized (SOL2-2)
      And the primary allocates nothing (SOL2-2)
      And nothing is asked of the partner (SOL2-2)

    @SOL2-1 @negative
    Scenario: Nobody asks for another user
      Given alice signs in at home
      When alice asks for connection details of another user
      Then alice is told 403 because of user-not-authorized (SOL2-1)
      And nothing is asked of the partner (SOL2-1)

    @SOL2-3 @KI-2.4-a @negative
    Scenario: A user without an agreement for the partner is not configured for it
      Given as configured, alice may not migrate at all
      And alice signs in at home
      When alice asks for connection details of the partner MC system
      Then alice is told 404 because of no-partner (KI-2.4-a)
      And nothing is asked of the partner (SOL2-3)

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
      Then alice is told 400 because of bad-request (SOL2-1)
      And nothing is asked of the partner (SOL2-1)

      Examples:
        | how                  |
        | no XML               |
        | of another kind      |
        | without a user       |
        | without a location   |
        | with a document type |

  Rule: Faults on the links

    @SOL2-7 @SOL2-12 @faults @negative
    Scenario Outline: A lost <message> ends the attempt, and the next one succeeds
      Given the <message> is lost once on the way from <sender> to <receiver>
      And alice signs in at home
      When alice asks for connection details of the partner MC system
      Then alice is told 504 because of unreachable (SOL2-12)
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
        | primary | identities request  | the primary's configuration management server | the primary's SIP database                    | 503    | unreachable              | SOL2-4      |
        | primary | identities response | the primary's SIP database                    | the primary's configuration management server | 503    | unreachable              | SOL2-6      |
        | partner | identities request  | the partner's configuration management server | the partner's SIP database                    | 502    | unreachable              | SOL2-9      |
        | partner | identities response | the partner's SIP database                    | the partner's configuration management server | 502    | unreachable              | SOL2-11     |

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

    Background:
      Given in the partner MC system the migration management server is part of the SIP database
      And in the primary MC system the migration management server is part of the SIP database

    @SOL2-15 @SOL2-16 @SOL2-17 @SOL2-18 @positive
    Scenario: A UE registers with the identities received, and the partner asks the primary
      Given alice signs in at home
      When alice asks for connection details of the partner MC system
      And alice's UE registers with the identities received
      Then the request for authentication information takes its way by the identities that were allocated

    @SOL2-19 @SOL2-20 @SOL2-21 @positive
    Scenario: The primary answers, and the partner maps its identities back
      Given alice signs in at home
      When alice asks for connection details of the partner MC system
      And alice's UE registers with the identities received
      Then authentication information comes back by the identities that were allocated

    @SOL2-22 @SOL2-23 @SOL2-24 @SOL2-T @positive
    Scenario: The UE is challenged and registered
      Given alice signs in at home
      When alice asks for connection details of the partner MC system
      And alice's UE registers with the identities received
      Then the UE registers by a registration request, and asks for no call
      And the UE is challenged with it, answers and is told of success

    @SOL2-14 @SOL2-24 @SOL2-25 @positive
    Scenario: A UE that is registered with the identities received gets service
      Given alice signs in at home
      When alice asks for connection details of the partner MC system
      And alice's UE registers with the identities received
      And alice obtains the primary's profile
      And alice chooses the partner MC system
      And alice authenticates to the partner
      And alice registers at the partner's SIP core
      And alice obtains the partner's profile
      And alice requests migration service authorization
      Then alice's client authenticates where the configuration received says (SOL2-14)
      And alice has service in the partner MC system (SOL2-25)

    @SOL2-14 @negative
    Scenario: A user whom the partner cannot authenticate goes no further, whatever the UE received
      Given as configured, alice has no identity in the partner MC system
      And alice signs in at home
      And alice obtains the primary's profile
      When alice asks for connection details of the partner MC system
      And alice chooses the partner MC system
      And alice authenticates to the partner
      Then alice does not succeed, because partner: invalid_grant (SOL2-14)

    @SOL2-15 @SOL2-16 @SOL2-17 @SOL2-18 @negative
    Scenario Outline: A UE that registers with <identities> is refused
      Given alice signs in at home
      When alice asks for connection details of the partner MC system
      And alice's UE registers with <identities>
      Then the registration fails with 403 (SOL2-15)
      And nothing is asked of the primary's SIP database by the partner (SOL2-17)

      Examples:
        | identities                       |
        | identities that nobody allocated |
        | the outbound identities          |
        | its ISIM's identities            |

    @SOL2-18 @SOL2-19 @SOL2-21 @SOL2-22 @negative
    Scenario: Outbound identities that the primary has withdrawn lead nowhere
      Given alice signs in at home
      When alice asks for connection details of the partner MC system
      And the primary withdraws the outbound identities
      And alice's UE registers with the identities received
      Then the primary gives no authentication information to the partner (SOL2-19)
      And the partner gives no authentication information to its SIP core (SOL2-21)
      And the UE is not challenged (SOL2-22)
      And the registration fails with 403 (SOL2-24)

    @SOL2-20 @SOL2-21 @negative
    Scenario: An answer about identities that are not bound is not mapped
      Given on the way from the primary's to the partner's migration management server the outbound identities are changed
      And alice signs in at home
      When alice asks for connection details of the partner MC system
      And alice's UE registers with the identities received
      Then the partner gives no authentication information to its SIP core (SOL2-20)

    @SOL2-22 @SOL2-23 @negative
    Scenario: A UE whose ISIM holds another key does not answer
      Given the ISIM of alice's UE holds another key than the primary's SIP database
      And alice signs in at home
      When alice asks for connection details of the partner MC system
      And alice's UE registers with the identities received
      Then the UE answers no challenge that is not genuine (SOL2-23)

    @SOL2-23 @SOL2-24 @negative
    Scenario: A wrong answer to the challenge is refused
      Given on the way from alice's UE to the partner's SIP core the answer to the challenge is changed
      And alice signs in at home
      When alice asks for connection details of the partner MC system
      And alice's UE registers with the identities received
      Then the registration fails with 403 (SOL2-24)

    @SOL2-25 @negative
    Scenario: A UE that could not register with the identities received gets no service
      Given alice signs in at home
      When alice asks for connection details of the partner MC system
      And the primary withdraws the outbound identities
      And alice's UE registers with the identities received
      And alice tries the whole way to service in the partner MC system
      Then alice gets no service in the partner MC system (SOL2-25)

    @SOL2-T @negative
    Scenario: A request for a call is no registration
      Given alice signs in at home
      When alice asks for connection details of the partner MC system
      And a call is asked for with the identities received in place of a registration
      Then the call is refused, and nothing is asked of the primary
