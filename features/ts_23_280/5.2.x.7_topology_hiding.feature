@clause:5.2.x.7 @needs:topologyHiding
Feature: 5.2.x.7 Topology hiding
  Where topology hiding is required, no inner node of the SIP core is seen outside the MC system (TS 23.280 5.2.x.7).

  Background:
    Given the primary and the partner MC system
    And alice's UE, which may migrate to the partner MC system

  @IC-TH-1 @positive
  Scenario: A UE sees the edge of the SIP core only
    Given topology hiding is required in the partner MC system
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is registered
    And the UE saw no address of an inner node of the partner's SIP core

  @IC-TH-1 @negative
  Scenario: A refusal shows no inner node either
    Given topology hiding is required in the partner MC system
    And the primary's SIP database does not know the primary identities of alice's UE
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is refused with 403
    And the UE saw no address of an inner node of the partner's SIP core

  @IC-TH-1 @negative
  Scenario: The primary MC system is not given the S-CSCF as server name
    Given topology hiding is required in the partner MC system
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is registered
    And the server name on CSC-18 is that of the partner's migration management server

  Rule: The application plane

    @IC-TH-2 @KI-1.10 @positive
    Scenario Outline: Nothing between the gateway servers shows an inner node of the <role>
      Given the application planes of both MC systems
      And alice, who may migrate to the partner MC system
      And topology hiding is required in the <role> MC system
      And alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then alice is told that migration and service authorization succeeded
      And nothing between the MC systems shows an inner node of the <role> (IC-TH-2)

      Examples:
        | role    |
        | primary |
        | partner |

    @IC-TH-2 @IC-TH-1 @KI-1.10 @negative
    Scenario Outline: A refusal shows no inner node either: <policy>
      Given the application planes of both MC systems
      And alice, who may migrate to the partner MC system
      And topology hiding is required in the primary MC system
      And as configured, <policy>
      And alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then alice is refused with 403 because of <cause>
      And nothing between the MC systems shows an inner node of the primary (KI-1.10)

      Examples:
        | policy                                                   | cause                 |
        | alice may not use the service in the partner MC system   | service-not-permitted |
        | the gateway servers have no agreement for the service    | partner-not-permitted |

    @IC-TH-2 @IC-CONN-4 @positive
    Scenario: Topology is hidden under TLS too
      Given the application planes of both MC systems
      And alice, who may migrate to the partner MC system
      And topology hiding is required in the primary MC system
      And the application planes are protected by TLS
      And alice has done all that comes before service authorization
      When alice requests migration service authorization
      Then alice is told that migration and service authorization succeeded
      And nothing between the MC systems shows an inner node of the primary (IC-TH-2)
      And all SIP between the MC systems is under TLS
