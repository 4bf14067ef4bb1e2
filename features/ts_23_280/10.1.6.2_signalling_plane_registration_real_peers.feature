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

  @SPR-2 @SPR-8 @SPR-10 @SPR-11 @positive
  Scenario: Kamailio serves the migrating UE as S-CSCF
    Given Kamailio is the S-CSCF of the partner MC system
    When alice's UE registers with the SIP core of the partner MC system
    Then the registration request carries the partner identities and not the ISIM defaults
    And the partner's SIP core asks its migration management server for authentication information of the partner identities
    And the partner's migration management server asks the primary's over CSC-18 for the primary identities
    And the partner's migration management server answers the SIP core with the partner identities and the vector unchanged
    And the SIP core challenges the UE with that vector and the UE answers it
    And the registration response says that the authentication is successful
    And a binding exists in the partner MC system

  @SPR-10 @positive
  Scenario: Kamailio asks for resynchronisation
    Given Kamailio is the S-CSCF of the partner MC system
    And the ISIM of alice's UE has seen a later sequence number than the SIP database knows
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE asks for resynchronisation
    And the resynchronisation reaches the primary's SIP database with the primary identities only
    And the SIP core challenges the UE a second time
    And the UE is registered

  @SPR-10 @negative
  Scenario: Kamailio challenges by a key that is not the UE's
    Given Kamailio is the S-CSCF of the partner MC system
    And the ISIM of alice's UE holds another key than the primary's SIP database
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE finds that the network is not genuine
    And no response to the challenge was sent
    And no binding remains in the partner MC system

  @SPR-10 @negative
  Scenario: Kamailio refuses another UE that answers its challenge
    Given Kamailio is the S-CSCF of the partner MC system
    When another UE tries to register with alice's partner identities and a wrong key
    Then that UE is not registered
    And no binding remains in the partner MC system

  @SPR-4 @SPR-7 @positive
  Scenario: tshark reads the recording
    When alice's UE registers with the SIP core of the partner MC system
    Then tshark finds no malformed packet in the recording
    And tshark names the commands and the authentication information
