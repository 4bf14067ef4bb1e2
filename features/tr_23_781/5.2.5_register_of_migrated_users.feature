@clause:5.2.5
Feature: 5.2.5 Register of migrated users
  The primary MC system keeps a register of where each of its users is served. A user is served in one MC system at a time,
  so a second migration ends the first (TR 23.781 5.2.5, TS 23.280 10.1.1.2).

  Background:
    Given the primary, the partner and the third MC system with their application planes
    And alice, who may migrate to the partner MC system
    And alice may also migrate to the third MC system

  @KI-2.5 @CFG-MIG-1 @MSA-7 @positive
  Scenario: A second migration ends the first
    Given alice has done all that comes before service authorization
    And alice has service in the partner MC system
    When alice chooses the third MC system
    And alice authenticates to the partner
    And alice registers at the partner's SIP core
    And alice obtains the partner's profile
    And alice requests migration service authorization
    Then alice is told that migration and service authorization succeeded
    And the primary tells the partner that the migration has ended

  @KI-2.5 @CFG-MIG-1 @negative
  Scenario: A second migration that is refused leaves the first in place
    Given as configured, the third MC system does not allow migration from the primary
    And alice has done all that comes before service authorization
    And alice has service in the partner MC system
    When alice chooses the third MC system
    And alice authenticates to the partner
    And alice registers at the partner's SIP core
    And alice obtains the partner's profile
    And alice requests migration service authorization
    Then alice is refused with 403 because of migration-not-permitted
