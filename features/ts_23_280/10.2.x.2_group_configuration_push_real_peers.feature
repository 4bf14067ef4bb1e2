@clause:10.2.x.2 @peer
Feature: 10.2.x.2 Group configuration push: real peers
  Another maker's HTTP proxy stands between the group management servers, so that what crosses it must be HTTP as others understand it.

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system
    And the group joint-ops of the primary MC system with members of both
    And the partner's profile of alice lists the group joint-ops

  @GCI-PUSH-1 @GCI-PUSH-5 @positive
  Scenario: A group crosses through nginx
    Given nginx is the HTTP proxy between the MC systems
    And alice has done all that comes before service authorization
    When the primary's administrator provides the group to the partner
    Then the primary's group management server provides the group over CSC-16
    And the partner answers that it has stored the group, and not before
    When alice obtains the groups of the partner's profile
    Then alice succeeds (GCI-PUSH-3)
