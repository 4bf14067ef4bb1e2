@clause:7.5.2.18
Feature: 7.5.2.18 CSC-18
  Migration management servers of different MC systems exchange SIP authentication information over CSC-18, and only for
  UEs that are permitted to migrate between them (TS 23.280 7.5.2.18).

  Background:
    Given the primary and the partner MC system
    And alice's UE, which may migrate to the partner MC system

  @C18-1 @positive
  Scenario: A UE that may migrate between the two MC systems
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is registered
    And only authentication information requests crossed CSC-18

  @C18-1 @negative
  Scenario: An MC system that is not permitted gets nothing
    Given the primary MC system does not permit migration to the partner MC system
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is refused with 403
    And the primary's SIP database was not asked
    And no authentication information crossed CSC-18

  @C18-1 @negative
  Scenario: A partner that does not permit migration from the primary does not ask
    Given the partner MC system does not permit migration from the primary MC system
    When alice's UE registers with the SIP core of the partner MC system
    Then the UE is refused with 403
    And nothing crosses CSC-18

  @C18-1 @negative
  Scenario Outline: A peer asks for more than it may: <request>
    When a migration management server of the partner MC system sends <request> over CSC-18
    Then it is refused with <result>
    And the primary's SIP database was not asked

    Examples:
      | request                                                                    | result                  |
      | a request for authentication information of a user who does not migrate    | user unknown            |
      | a request for authentication information with a pair that does not match   | identities do not match |
      | a server assignment request for the migration identities                   | authorization rejected  |
      | a user authorization request for the migration identities                  | authorization rejected  |
      | a location information request for the migration identities                | authorization rejected  |

  @C18-1 @negative
  Scenario: A peer that nobody configured is not let in
    When an unknown migration management server connects to the primary's
    Then its capabilities are refused as those of an unknown peer

  @C18-1 @negative
  Scenario: The realm in a request is not taken for the peer that sent it
    When a migration management server of the third MC system sends a request in the name of the partner MC system over CSC-18
    Then it is refused with authorization rejected
    And the primary's SIP database was not asked
