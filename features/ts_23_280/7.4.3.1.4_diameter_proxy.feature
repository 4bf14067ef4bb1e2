@clause:7.4.3.1.4
Feature: 7.4.3.1.4 Diameter proxy
  The Diameter proxy is a proxy agent as RFC 6733 describes it. On AAA-2 it stands together with the migration management
  server; further ones may stand on the way (TS 23.280 7.4.3.1.4).

  Background:
    Given the primary and the partner MC system
    And alice's UE, which may migrate to the partner MC system

  @DPX-3 @DPX-1 @positive
  Scenario Outline: The procedure works with <count> further proxies on CSC-18
    Given <count> further Diameter proxies on CSC-18
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is registered
    And the request passed <count> further proxies
    And every Diameter agent exchanged capabilities before it sent a request
    And every Diameter agent gave the request a hop-by-hop identifier of its own and kept the end-to-end identifier
    And every Diameter agent added the peer the request came from to the route record
    And the answers carry no route record

    Examples:
      | count |
      | 1     |
      | 3     |

  @DPX-3 @negative
  Scenario: The procedure works without a further proxy
    Given 0 further Diameter proxies on CSC-18
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is registered
    And the request passed 0 further proxies

  @DPX-1 @negative
  Scenario: A request that comes back is not sent round again
    Given 2 further Diameter proxies on CSC-18 that send requests for the primary MC system to each other
    When alice's UE registers with the SIP core of the partner MC system
    Then a loop is reported to the partner's migration management server
    And the UE is refused with 504
    And nothing reaches the primary MC system

  @DPX-1 @negative
  Scenario: A peer that does not answer the watchdog is given up
    Given the link between the migration management servers is severed
    When 3 minutes pass
    And alice's UE registers with the SIP core of the partner MC system
    Then the UE is refused with 504
    And the partner's SIP core is told that the request cannot be delivered

  @DPX-1 @positive
  Scenario: An idle connection is watched
    When 3 minutes pass
    Then the migration management servers exchanged watchdog messages
    And alice's UE registers with the SIP core of the partner MC system
    And the UE is registered

  @DPX-1 @negative
  Scenario: When one way fails the request goes another way and is marked
    Given two further Diameter proxies stand side by side on CSC-18
    And the first of them loses the request and then its connection
    When alice's UE registers with the SIP core of the partner MC system
    Then the request went the other way with the retransmission mark and the same end-to-end identifier
    And the UE is registered
    And the primary's SIP database made one vector

  @DPX-1 @negative
  Scenario: A request that arrives twice is answered twice and handled once
    Given the authentication information request is duplicated on the way from the partner's migration management server to the primary's migration management server
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is registered
    And the primary's SIP database made one vector

  @DPX-3 @negative
  Scenario: A proxy that fails leaves the user with a clear answer
    Given 3 further Diameter proxies on CSC-18
    And the second of them has lost its connections
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is refused with 504
    And no binding remains in the partner MC system
