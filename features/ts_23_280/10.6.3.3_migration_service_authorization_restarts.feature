@clause:10.6.3.3 @faults
Feature: 10.6.3.3 Migration service authorization: restarts
  An MC system that crashes brings back what it had acknowledged, and undoes what was half done: afterwards the two MC systems agree, the
  user is served in one of them, and nothing that somebody was told is lost (TS 23.280 10.1.1.2, 10.6.3.3; OWN MIG-DEAUTH).

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system

  @MSA-3 @MSA-5 @MSA-6 @MSA-7 @negative
  Scenario Outline: The primary crashes before it handles the migration request from <sender>, and has recorded nothing
    Given the MC system of <receiver> crashes before it handles the migration request from <sender>, and starts again
    And alice has done all that comes before service authorization
    When alice requests migration service authorization
    And 3 minutes pass
    Then alice is refused with 504 because of primary-unreachable
    And the primary has recorded nothing of alice

    Examples:
      | sender                       | receiver                        |
      | the partner's gateway server | the primary's gateway server    |
      | the primary's gateway server | the primary's MC service server |

  @MSA-7 @KI-2.5 @negative
  Scenario: The primary crashes when it has recorded the user and has told nobody
    Given the MC system of the primary's MC service server crashes after it handles the migration request from the primary's gateway server, and starts again
    And alice has done all that comes before service authorization
    When alice requests migration service authorization
    And 3 minutes pass
    Then alice is refused with 504 because of primary-unreachable
    And the primary has recorded nothing of alice

  @MSA-7 @KI-2.5 @CFG-MIG-1 @negative
  Scenario: The primary crashes before it learns that the partner serves the user, and takes the migration back
    Given the MC system of the primary's MC service server crashes before it handles the acceptance from the primary's gateway server, and starts again
    And alice has done all that comes before service authorization
    When alice requests migration service authorization
    And 3 minutes pass
    Then the primary tells the partner that the migration has ended
    And alice has no service in the partner MC system any more
