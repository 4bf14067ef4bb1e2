@clause:7.3.1 @robustness
Feature: 7.3.1 Functional model: bad SIP
  SIP core and UE bear what comes to their own sockets: strange but lawful messages are taken, broken ones refused as their documents have it,
  and whoever comes properly is served as before (hostile corpus of the harness).

  Background:
    Given the primary and the partner MC system
    And alice's UE, which may migrate to the partner MC system
    And bob's UE, which may migrate to the partner MC system
    And alice's UE is registered in the partner MC system

  @SPR-1 @SPR-11 @negative
  Scenario Outline: The <entity> bears every message of <document>
    When every message of <document> comes to the partner's <entity>
    Then each of them is answered as it may be
    And a sound request is answered after each
    And alice's UE can still be reached in the partner MC system
    And bob's UE registers with the SIP core of the partner MC system
    And the UE is registered

    Examples:
      | entity | document |
      | P-CSCF | RFC 4475 |
      | P-CSCF | RFC 5118 |
      | P-CSCF | our own  |
      | I-CSCF | RFC 4475 |
      | I-CSCF | RFC 5118 |
      | I-CSCF | our own  |
      | S-CSCF | RFC 4475 |
      | S-CSCF | RFC 5118 |
      | S-CSCF | our own  |

  @SPR-1 @negative @attacked:ue
  Scenario Outline: A UE bears every message of <document>
    When every message of <document> comes to alice's UE
    Then each of them is answered as it may be
    And a sound request is answered after each
    And alice's UE can still be reached in the partner MC system

    Examples:
      | document |
      | RFC 4475 |
      | RFC 5118 |
      | our own  |
