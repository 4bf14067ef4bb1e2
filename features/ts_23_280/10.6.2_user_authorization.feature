@clause:10.6.2
Feature: 10.6.2 User authorization
  A user who takes part in communication with a partner MC system by interconnection is authorized where the user is served,
  and nowhere else (TS 23.280 10.6.2).

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system
    And alice signs in at home

  @AUZ-IC-1 @positive
  Scenario: A user is authorized by the serving MC system
    When alice requests service authorization at home
    Then alice has service at home
    And nothing of service authorization crosses between the MC systems

  @AUZ-IC-1 @negative
  Scenario: A partner is not asked, even where it cannot be reached
    Given the link between the gateway servers is severed
    When alice requests service authorization at home
    Then alice has service at home
    And nothing of service authorization crosses between the MC systems

  @AUZ-IC-1 @positive
  Scenario: A user who is authorized again keeps service
    When alice requests service authorization at home
    And alice requests service authorization at home
    Then alice has service at home
