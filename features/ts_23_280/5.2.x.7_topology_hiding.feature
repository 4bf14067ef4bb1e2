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
