@clause:5.2.x.2
Feature: 5.2.x.2 Connectivity
  All messages between the two MC systems use the connectivity between them, and are protected where it leaves both trust
  domains (TS 23.280 5.2.x.2).

  Background:
    Given the primary and the partner MC system
    And alice's UE, which may migrate to the partner MC system

  @IC-CONN-2 @positive
  Scenario: All messages between the MC systems cross CSC-18
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is registered
    And every message between the two MC systems was sent between their migration management servers

  @IC-CONN-2 @SPR-3 @SPR-5 @negative
  Scenario: Without the connection there is no other way
    Given the link between the migration management servers is severed
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is refused with 504
    And nothing reaches the primary MC system
    And no binding remains in the partner MC system

  @IC-CONN-2 @negative
  Scenario: When the connection is back, the UE can register
    Given the link between the migration management servers is severed
    And alice's UE was refused in the partner MC system
    And the link between the migration management servers is joined again
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is registered

  @IC-CONN-4 @needs:mutualTls @positive
  Scenario: CSC-18 is protected by TLS with certificates of both ends
    Given CSC-18 is protected by TLS
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is registered
    And every message on CSC-18 was protected

  @IC-CONN-4 @needs:mutualTls @positive
  Scenario: A migration management server with its own certificate is let in
    Given CSC-18 is protected by TLS
    When a migration management server connects to the primary's with its own certificate
    Then it is let in

  @IC-CONN-4 @needs:mutualTls @negative
  Scenario: A plain connection from another MC system is refused
    Given CSC-18 is protected by TLS
    When a migration management server connects to the primary's without protection
    Then the connection is closed and nothing is answered

  @IC-CONN-4 @needs:mutualTls @negative
  Scenario Outline: A connection with <certificate> is refused
    Given CSC-18 is protected by TLS
    When a migration management server connects to the primary's with <certificate>
    Then the connection is closed and nothing is answered

    Examples:
      | certificate                      |
      | no certificate                   |
      | a certificate of another issuer  |
      | the certificate of another node  |
      | an expired certificate           |

  @IC-CONN-4 @negative
  Scenario: A plain link between the systems that no trust domain covers is refused at configuration
    When an MC system is configured with a plain CSC-18 that is not inside a trust domain
    Then the configuration is refused and the message names the CSC-18 link
    And nothing was started

  Rule: What a client reaches that is served at home

    @IC-CONN-1 @positive
    Scenario: A client that is served at home reaches the partner's identity management server only
      Given the application planes of both MC systems
      And alice, who may migrate to the partner MC system
      And alice signs in at home
      And alice obtains the primary's profile
      When alice requests service authorization at home
      And alice chooses the partner MC system
      And alice authenticates to the partner
      Then alice has service at home
      And alice's UE reached the identity management server of the partner MC system, and nothing else of it

    @IC-CONN-1 @negative
    Scenario Outline: A client that is not authenticated to the partner reaches nothing of it: "<step>"
      Given the application planes of both MC systems
      And alice, who may migrate to the partner MC system
      And alice signs in at home
      And alice obtains the primary's profile
      When alice chooses the partner MC system
      And alice <step>
      And alice requests service authorization at home
      Then alice has service at home
      And alice's UE reached nothing of the partner MC system

      Examples:
        | step                                        |
        | registers at the partner's SIP core         |
        | obtains the partner's profile               |
        | obtains the groups of the partner's profile |
        | requests migration service authorization    |
