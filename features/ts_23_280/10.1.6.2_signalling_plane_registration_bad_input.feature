@clause:10.1.6.2 @robustness
Feature: 10.1.6.2 Signalling plane registration: bad input
  Whatever comes, an entity answers by its protocol or closes the connection, serves others as before, and loses nothing.

  Background:
    Given the primary and the partner MC system
    And alice's UE, which may migrate to the partner MC system
    And bob's UE, which may migrate to the partner MC system
    And alice's UE may migrate to the visitor MC system, and the partner MC system has a further I-CSCF
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

  @DPX-1 @C18-1 @negative
  Scenario Outline: The migration management server answers a request for authentication <fault>
    When an authentication information request <fault> comes to the primary's migration management server from a known peer
    Then the faulty request is answered with <result>
    And the answer names <failed> as what failed
    And a sound request of the same peer is served
    And alice's UE can still be reached in the partner MC system
    And bob's UE registers with the SIP core of the partner MC system
    And the UE is registered

    Examples:
      | fault                                               | result       | failed               |
      | that is sound                                       | 2001         | nothing              |
      | without Session-Id                                  | 5005         | Session-Id           |
      | without Origin-Host                                 | 5005         | Origin-Host          |
      | without Auth-Session-State                          | 5005         | Auth-Session-State   |
      | without Destination-Realm                           | 5005         | Destination-Realm    |
      | without User-Name                                   | 5005         | User-Name            |
      | without Public-Identity                             | 5005         | Public-Identity      |
      | without SIP-Auth-Data-Item                          | 5005         | SIP-Auth-Data-Item   |
      | with two User-Name                                  | 5009         | User-Name            |
      | with two Auth-Session-State                         | 5009         | Auth-Session-State   |
      | with Result-Code                                    | 5008         | Result-Code          |
      | with an unknown AVP that must be understood         | 5001         | AVP 9999             |
      | with an unknown vendor's AVP that must be understood | 5001        | AVP 9999             |
      | with an unknown AVP that may be ignored             | 2001         | nothing              |
      | with an unknown value of Auth-Session-State         | 5004         | Auth-Session-State   |
      | with octets that are no text in User-Name           | 5004         | User-Name            |
      | with octets that are no text in Origin-Realm        | 5004         | Origin-Realm         |
      | with a byte too few in SIP-Number-Auth-Items        | 5014         | SIP-Number-Auth-Items |
      | with a length beyond the end in User-Name           | 5014         | User-Name            |
      | with a length below the header in Public-Identity   | 5014         | Public-Identity      |
      | without the M bit of User-Name                      | 3009         | User-Name            |
      | with reserved bits in User-Name                     | 2001         | nothing              |
      | with another command                                | 3001         | nothing              |
      | for another application                             | 3007         | nothing              |
      | with the E bit                                      | 3008         | nothing              |
      | without the P bit                                   | 3008         | nothing              |
      | with a reserved bit                                 | 5013 or 2001 | nothing              |

  @DPX-1 @negative
  Scenario Outline: The SIP database answers a <name> request <fault>
    When a <name> request <fault> comes to the partner's SIP database from a known peer
    Then the faulty request is answered with <result>
    And the answer names <failed> as what failed
    And a sound request of the same peer is served
    And alice's UE can still be reached in the partner MC system
    And bob's UE registers with the SIP core of the partner MC system
    And the UE is registered

    Examples:
      | name                 | fault                                           | result            | failed                     |
      | user authorization   | that is sound                                   | experimental 2002 | nothing                    |
      | user authorization   | without Visited-Network-Identifier              | 5005              | Visited-Network-Identifier |
      | user authorization   | with two Public-Identity                        | 5009              | Public-Identity            |
      | user authorization   | with an unknown AVP that may be ignored         | experimental 2002 | nothing                    |
      | server assignment    | without Server-Assignment-Type                  | 5005              | Server-Assignment-Type     |
      | server assignment    | with an unknown value of Server-Assignment-Type | 5004              | Server-Assignment-Type     |
      | server assignment    | with a byte too few in Server-Assignment-Type   | 5014              | Server-Assignment-Type     |
      | server assignment    | with two Server-Name                            | 5009              | Server-Name                |
      | server assignment    | with an unknown AVP that must be understood     | 5001              | AVP 9999                   |
      | server assignment    | with a length beyond the end in User-Name       | 5014              | User-Name                  |
      | server assignment    | without the M bit of Server-Assignment-Type     | 3009              | Server-Assignment-Type     |
      | server assignment    | with the E bit                                  | 3008              | nothing                    |
      | server assignment    | without the P bit                               | 3008              | nothing                    |
      | location information | without Public-Identity                         | 5005              | Public-Identity            |
      | location information | with another command                            | 3001              | nothing                    |
      | location information | for another application                         | 3007              | nothing                    |
      | user data            | without User-Identity                           | 5005              | User-Identity              |
      | watchdog             | without Origin-Realm                            | 5005              | Origin-Realm               |
      | watchdog             | with an unknown AVP that must be understood     | 5001              | AVP 9999                   |

  @SPR-11 @negative
  Scenario Outline: A <message> response <fault> is a failure of the SIP core, and the next attempt succeeds
    Given the <message> response <fault> comes once from <sender> to <receiver>
    When bob's UE registers with the SIP core of the partner MC system
    Then the UE is told of a failure of the SIP core
    When 40 seconds pass
    Then no binding remains in the partner MC system
    When bob's UE registers with the SIP core of the partner MC system
    Then the UE is registered

    Examples:
      | message                    | fault                                   | sender                                    | receiver             |
      | user authorization         | without a result                        | the partner's SIP database                | the partner's I-CSCF |
      | user authorization         | with a result of three octets           | the partner's SIP database                | the partner's I-CSCF |
      | user authorization         | with a result that nobody knows         | the partner's SIP database                | the partner's I-CSCF |
      | user authorization         | with a length beyond the end            | the partner's SIP database                | the partner's I-CSCF |
      | user authorization         | with a length below the header          | the partner's SIP database                | the partner's I-CSCF |
      | user authorization         | with groups 1000 deep                   | the partner's SIP database                | the partner's I-CSCF |
      | user authorization         | of another command                      | the partner's SIP database                | the partner's I-CSCF |
      | user authorization         | to another request                      | the partner's SIP database                | the partner's I-CSCF |
      | user authorization         | that calls itself a request             | the partner's SIP database                | the partner's I-CSCF |
      | user authorization         | whose length is too short               | the partner's SIP database                | the partner's I-CSCF |
      | authentication information | without a result                        | the partner's migration management server | the partner's S-CSCF |
      | authentication information | with a result of three octets           | the partner's migration management server | the partner's S-CSCF |
      | authentication information | with a result that nobody knows         | the partner's migration management server | the partner's S-CSCF |
      | authentication information | with a length beyond the end            | the partner's migration management server | the partner's S-CSCF |
      | authentication information | with a length below the header          | the partner's migration management server | the partner's S-CSCF |
      | authentication information | with groups 1000 deep                   | the partner's migration management server | the partner's S-CSCF |
      | authentication information | of another command                      | the partner's migration management server | the partner's S-CSCF |
      | authentication information | to another request                      | the partner's migration management server | the partner's S-CSCF |
      | authentication information | that calls itself a request             | the partner's migration management server | the partner's S-CSCF |
      | authentication information | whose length is too short               | the partner's migration management server | the partner's S-CSCF |
      | authentication information | with a vector of three octets           | the partner's migration management server | the partner's S-CSCF |
      | authentication information | with an expected answer of 5,000 octets | the partner's migration management server | the partner's S-CSCF |
      | authentication information | with a vector that is no group          | the partner's migration management server | the partner's S-CSCF |
      | server assignment          | without a result                        | the partner's migration management server | the partner's S-CSCF |
      | server assignment          | with a result of three octets           | the partner's migration management server | the partner's S-CSCF |
      | server assignment          | with a result that nobody knows         | the partner's migration management server | the partner's S-CSCF |
      | server assignment          | with a length beyond the end            | the partner's migration management server | the partner's S-CSCF |
      | server assignment          | with a length below the header          | the partner's migration management server | the partner's S-CSCF |
      | server assignment          | with groups 1000 deep                   | the partner's migration management server | the partner's S-CSCF |
      | server assignment          | of another command                      | the partner's migration management server | the partner's S-CSCF |
      | server assignment          | to another request                      | the partner's migration management server | the partner's S-CSCF |
      | server assignment          | that calls itself a request             | the partner's migration management server | the partner's S-CSCF |
      | server assignment          | whose length is too short               | the partner's migration management server | the partner's S-CSCF |

  @SPR-11 @negative
  Scenario Outline: A location information response <fault> is a failure of the SIP core, and the next request finds the UE
    Given the location information response <fault> comes once from the partner's SIP database to the partner's I-CSCF
    When somebody asks the partner's SIP core for alice's UE
    Then the answer tells of a failure of the SIP core
    When 40 seconds pass
    Then alice's UE can still be reached in the partner MC system

    Examples:
      | fault                           |
      | without a result                |
      | with a result of three octets   |
      | with a result that nobody knows |
      | with a length beyond the end    |
      | with a length below the header  |
      | with groups 1000 deep           |
      | of another command              |
      | to another request              |
      | that calls itself a request     |
      | whose length is too short       |

  @SPR-11 @negative
  Scenario Outline: A server assignment response <fault> registers the identity that was asked for, and no other
    Given the server assignment response <fault> comes once from the partner's migration management server to the partner's S-CSCF
    When bob's UE registers with the SIP core of the partner MC system
    Then the UE is registered
    And the registration response names no identity but that of the UE
    And alice's UE can still be reached in the partner MC system

    Examples:
      | fault                                      |
      | with user data that is a bomb              |
      | with user data that is cut off             |
      | with an identity that would end its header |
