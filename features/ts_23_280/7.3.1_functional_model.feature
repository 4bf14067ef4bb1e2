@clause:7.3.1
Feature: 7.3.1 Functional model
  Functional alias management is part of configuration management: its client stands in the UE's configuration management client, its
  server in the configuration management server (TS 23.280 7.3.1).

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system
    And ada, who administers the primary MC system
    And the functional alias commander of the primary MC system, which alice may activate
    And bob, a user of the primary MC system who may activate the functional alias driver
    And the functional alias harbour-master of the partner MC system, which alice may activate

  @FM-4 @positive
  Scenario: A user obtains the functional aliases at home
    Given alice signs in at home
    When alice obtains the functional aliases of the primary
    Then alice has the functional alias commander of the primary MC system and no other
    And alice's UE got them from the primary's configuration management server

  @FM-4 @positive
  Scenario: A migrated user obtains the functional aliases of the partner
    Given alice has done all that comes before service authorization
    And alice has service in the partner MC system
    When alice obtains the functional aliases of the partner
    Then alice has the functional alias harbour-master of the partner MC system and no other
    And alice's UE got them from the partner's configuration management server

  @FM-4 @positive
  Scenario: An administrator changes the functional aliases
    Given alice signs in at home
    And ada signs in at home
    When ada lets alice activate the functional alias captain
    Then ada is told that the functional aliases are stored
    When alice obtains the functional aliases of the primary
    Then alice has the functional alias captain of the primary MC system and no other

  @FM-4 @negative
  Scenario: A functional alias that is taken away is not shown any more
    Given alice signs in at home
    And ada signs in at home
    When ada takes all functional aliases away
    Then ada is told that the functional aliases are stored
    When alice obtains the functional aliases of the primary
    Then alice gets no functional aliases, but 404

  @FM-4 @negative
  Scenario: A user does not change the functional aliases
    Given alice signs in at home
    When alice lets alice activate the functional alias captain
    Then alice's change is refused with 403
    When alice obtains the functional aliases of the primary
    Then alice has the functional alias commander of the primary MC system and no other

  @FM-4 @negative
  Scenario Outline: Nobody sees functional aliases that are another's: <what>
    Given alice signs in at home
    When alice asks for <what>
    Then alice gets no functional aliases, but 403

    Examples:
      | what                                         |
      | bob's functional aliases                     |
      | all functional aliases                       |
      | the own functional aliases without a token   |

  @FM-4 @negative
  Scenario Outline: What is no list of functional aliases is not stored: they <fault>
    Given alice signs in at home
    And ada signs in at home
    When ada writes functional aliases that <fault>
    Then ada's change is refused with 409 because of <reason>
    When alice obtains the functional aliases of the primary
    Then alice has the functional alias commander of the primary MC system and no other

    Examples:
      | fault                | reason                  |
      | are not well-formed  | not-well-formed         |
      | have a document type | not-well-formed         |
      | name no MC system    | schema-validation-error |
      | name an alias twice  | schema-validation-error |

  @FM-4 @negative
  Scenario Outline: A change is not stored: ada writes functional aliases <how>
    Given alice signs in at home
    And ada signs in at home
    When ada writes functional aliases <how>
    Then ada's change is refused with <status>
    When alice obtains the functional aliases of the primary
    Then alice has the functional alias commander of the primary MC system and no other

    Examples:
      | how                                          | status |
      | over a version that is not there any more    | 412    |
      | as another kind of document                  | 415    |
