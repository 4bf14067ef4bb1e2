@clause:10.6.3.3 @robustness
Feature: 10.6.3.3 Migration service authorization: bad input
  A request whose document is made to do harm is refused by the partner's MC service server, asks nothing of the primary, and keeps
  nobody from service.

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system
    And alice has done all that comes before service authorization

  @MSA-2 @MSA-IE-RSP-2 @negative
  Scenario Outline: A request with a document <how> is refused
    When alice's client requests migration service authorization with a document <how>
    Then alice is refused with 400
    And no migration request leaves the partner MC system (MSA-2)
    And the primary has recorded nothing of alice
    When alice requests migration service authorization with profile 1
    Then alice is told that migration and service authorization succeeded

    Examples:
      | how                                       |
      | with a document type                      |
      | with an external entity                   |
      | with an external entity of another server |
      | with an external document type            |
      | with a parameter entity                   |
      | with an entity bomb                       |
      | nested 10,000 deep                        |
      | that is cut off                           |
      | that is not in its encoding               |
      | with an attribute twice                   |
