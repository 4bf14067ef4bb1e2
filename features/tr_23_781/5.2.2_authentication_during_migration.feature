@clause:5.2.2
Feature: 5.2.2 Authentication during migration
  A migrating user obtains a credential from the primary MC system and presents it to the partner, which verifies that it is
  the primary's and that it is meant for this partner (TR 23.781 5.2.2).

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system

  @KI-2.2 @positive
  Scenario: A user presents a credential of the primary
    Given alice signs in at home
    And alice obtains the primary's profile
    And alice chooses the partner MC system
    When alice authenticates to the partner
    Then the credential that alice presents is the primary's, and for the partner
    And alice succeeds (KI-2.2)

  @KI-2.2 @negative
  Scenario Outline: A user without a credential that the partner can verify is not authenticated: <policy>
    Given as configured, <policy>
    And alice signs in at home
    And alice obtains the primary's profile
    And alice chooses the partner MC system
    When alice authenticates to the partner
    Then alice does not succeed, because <reason> (KI-2.2)

    Examples:
      | policy                                                     | reason                  |
      | alice gets no security token for the partner MC system     | primary: invalid_target |
      | the partner MC system has no configuration for the primary | partner: invalid_grant  |
