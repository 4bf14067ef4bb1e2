@clause:5.2.1
Feature: 5.2.1 Authorization for migration
  A user's configuration says to which partners the user may migrate, and with which services. The partner provides a profile
  of its own for users of other MC systems, which may allow other things than the one at home (TR 23.781 5.2.1).

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system

  @KI-2.1-a @positive
  Scenario: The profile lists the partner to which its user may migrate
    Given alice signs in at home
    When alice obtains the primary's profile
    And alice chooses the partner MC system
    Then alice succeeds (KI-2.1-a)

  @KI-2.1-a @negative
  Scenario: A user who may not migrate to a partner finds it in no profile
    Given as configured, alice's profile does not list the partner MC system
    And alice signs in at home
    And alice obtains the primary's profile
    When alice chooses the partner MC system
    Then alice does not succeed, because the profile does not list the partner (KI-2.1-a)

  @KI-2.1-c @positive
  Scenario: The partner's profile allows what the partner wants to allow
    Given the partner's profile for alice allows private calls
    And alice has done all that comes before service authorization
    When alice requests migration service authorization
    Then alice may make private calls in the partner MC system
    And alice is told that migration and service authorization succeeded

  @KI-2.1-c @negative
  Scenario: What the primary's profile allows is not allowed in the partner for that
    Given alice has done all that comes before service authorization
    When alice requests migration service authorization
    Then alice may not make private calls in the partner MC system, though at home
    And alice is told that migration and service authorization succeeded
