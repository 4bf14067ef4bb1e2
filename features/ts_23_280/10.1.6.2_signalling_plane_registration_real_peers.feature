@clause:10.1.6.2 @peer
Feature: 10.1.6.2 Signalling plane registration: real peers
  Other people's implementations take part in the flow, so that a misreading shared by both ends would be seen.

  Background:
    Given the primary and the partner MC system
    And alice's UE, which may migrate to the partner MC system

  @SPR-1 @SPR-10 @SPR-11 @positive
  Scenario: SIPp registers as the UE
    Given SIPp takes the place of alice's UE
    When SIPp registers with the SIP core of the partner MC system
    Then SIPp is content
    And the registration request carries the partner identities and not the ISIM defaults
    And the request on CSC-18 carries no partner identity
    And the SIP core challenges the UE with that vector and the UE answers it
    And the registration response says that the authentication is successful

  @SPR-10 @negative
  Scenario: SIPp with another key is refused
    Given SIPp takes the place of alice's UE with another key
    When SIPp registers with the SIP core of the partner MC system
    Then SIPp is not content
    And no binding remains in the partner MC system

  @DPX-1 @DPX-3 @positive
  Scenario: freeDiameter stands between the migration management servers
    Given freeDiameter is a further Diameter proxy on CSC-18
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is registered
    And the request crossed freeDiameter, which added the partner's migration management server to the route record
    And the request on CSC-18 carries no partner identity

  @SPR-4 @SPR-7 @positive
  Scenario: tshark reads the recording
    When alice's UE registers with the SIP core of the partner MC system
    Then tshark finds no malformed packet in the recording
    And tshark names the commands and the authentication information
