@clause:10.1.6.2 @robustness
Feature: 10.1.6.2 Signalling plane registration: bad input
  Whatever comes, an entity answers by its protocol or closes the connection, serves others as before, and loses nothing.

  Background:
    Given the primary and the partner MC system
    And alice's UE, which may migrate to the partner MC system
    And bob's UE, which may migrate to the partner MC system
    And alice's UE is registered in the partner MC system

  @SPR-1 @SPR-11 @negative
  Scenario Outline: The SIP core bears <input> over <carrier>
    When <input> is sent to the partner's P-CSCF over <carrier>
    Then the answer is <answer>
    And alice's UE can still be reached in the partner MC system
    And bob's UE registers with the SIP core of the partner MC system
    And the UE is registered

    Examples:
      | input                                         | carrier | answer                      |
      | a registration request without Call-ID        | UDP     | 400                         |
      | a registration request with two CSeq          | UDP     | 400                         |
      | a registration request of SIP version 7       | UDP     | 505                         |
      | a registration request of 64 kB               | UDP     | any                         |
      | a registration request that says it is longer | UDP     | 400                         |
      | a registration request without Call-ID        | TCP     | 400                         |
      | a registration request of more than 1 MB      | TCP     | 513 and a closed connection |
      | a negative content length                     | TCP     | 400 and a closed connection |
      | no SIP at all                                 | TCP     | a closed connection         |
      | a registration request that never ends        | TCP     | a closed connection         |

  @DPX-1 @C18-1 @negative
  Scenario Outline: The migration management server bears <input>
    When <input> is sent to the primary's migration management server over CSC-18
    Then the answer is <answer>
    And alice's UE can still be reached in the partner MC system
    And bob's UE registers with the SIP core of the partner MC system
    And the UE is registered

    Examples:
      | input                                         | answer              |
      | a message whose length is too short           | a closed connection |
      | a message whose length is too long            | a closed connection |
      | a message of another version                  | result 5011         |
      | a capabilities exchange with a lying AVP      | result 5014         |
      | a capabilities exchange with groups 1000 deep | any                 |
      | a request before the capabilities exchange    | a closed connection |
      | no Diameter at all                            | a closed connection |
      | nothing                                       | a closed connection |
