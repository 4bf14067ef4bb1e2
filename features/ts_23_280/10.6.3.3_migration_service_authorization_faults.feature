@clause:10.6.3.3 @faults
Feature: 10.6.3.3 Migration service authorization: faults on the links
  Whatever is lost, late or doubled, the two MC systems agree in the end: nobody is served in two of them, and the primary's
  register says migrated only where the user was told so, or is mended (TS 23.280 10.1.1.2, 10.6.3.3; OWN MIG-DEAUTH).

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system

  @MSA-3 @MSA-4 @MSA-5 @MSA-7 @negative
  Scenario Outline: A lost request from <sender> to <receiver> ends in failure and nobody is migrated
    Given the migration request is lost once on the way from <sender> to <receiver>
    And alice has done all that comes before service authorization
    When alice requests migration service authorization
    Then alice is refused with 504 because of primary-unreachable
    And the primary has recorded nothing of alice

    Examples:
      | sender                          | receiver                        |
      | the partner's MC service server | the partner's gateway server    |
      | the partner's gateway server    | the primary's gateway server    |
      | the primary's gateway server    | the primary's MC service server |

  @MSA-8 @MSA-9 @MSA-10 @MSA-7 @negative
  Scenario Outline: A lost response from <sender> to <receiver> is taken back by the primary
    Given the migration response is lost once on the way from <sender> to <receiver>
    And alice has done all that comes before service authorization
    When alice requests migration service authorization
    And 3 minutes pass
    Then alice is refused with 504 because of primary-unreachable
    And the primary tells the partner that the migration has ended
    And the primary has recorded nothing of alice

    Examples:
      | sender                          | receiver                        |
      | the primary's MC service server | the primary's gateway server    |
      | the primary's gateway server    | the partner's gateway server    |
      | the partner's gateway server    | the partner's MC service server |

  @MSA-3 @MSA-4 @MSA-5 @MSA-8 @MSA-9 @MSA-10 @negative
  Scenario Outline: A duplicated <message> of migration from <sender> to <receiver> is taken once
    Given the <message> is duplicated on the way from <sender> to <receiver>
    And alice has done all that comes before service authorization
    When alice requests migration service authorization
    Then alice is told that migration and service authorization succeeded
    And alice still has service in the partner MC system

    Examples:
      | message            | sender                          | receiver                        |
      | migration request  | the partner's MC service server | the partner's gateway server    |
      | migration request  | the partner's gateway server    | the primary's gateway server    |
      | migration request  | the primary's gateway server    | the primary's MC service server |
      | migration response | the primary's MC service server | the primary's gateway server    |
      | migration response | the primary's gateway server    | the partner's gateway server    |
      | migration response | the partner's gateway server    | the partner's MC service server |

  @MSA-10 @MSA-11 @MSA-7 @negative
  Scenario Outline: A <message> that is delayed by <delay> seconds <ends>
    Given the <message> is delayed by <delay> seconds on the way from <sender> to <receiver>
    And alice has done all that comes before service authorization
    When alice requests migration service authorization
    And 2 minutes pass
    Then alice is refused with 504 because of primary-unreachable
    And the primary has recorded nothing of alice

    Examples:
      | message            | delay | sender                       | receiver                     | ends                              |
      | migration request  | 15    | the partner's gateway server | the primary's gateway server | is answered too late              |
      | migration response | 15    | the primary's gateway server | the partner's gateway server | is taken back by the partner      |

  @MSA-8 @MSA-9 @MSA-11 @positive
  Scenario: A delay below the partner's time limit is borne
    Given the migration response is delayed by 5 seconds on the way from the primary's gateway server to the partner's gateway server
    And alice has done all that comes before service authorization
    When alice requests migration service authorization
    Then alice is told that migration and service authorization succeeded

  @MSA-7 @KI-2.5 @negative
  Scenario Outline: A lost notice that the migration has ended from <sender> to <receiver> is repeated
    Given the end of migration is lost once on the way from <sender> to <receiver>
    And alice has done all that comes before service authorization
    And alice has service in the partner MC system
    When alice requests service authorization at home
    And 3 minutes pass
    Then alice has service at home
    And alice has no service in the partner MC system any more

    Examples:
      | sender                          | receiver                        |
      | the primary's MC service server | the primary's gateway server    |
      | the primary's gateway server    | the partner's gateway server    |
      | the partner's gateway server    | the partner's MC service server |

  @MSA-11 @negative
  Scenario: A lost acceptance of the response leaves both systems of one mind
    Given the acceptance is lost once on the way from the partner's MC service server to the partner's gateway server
    And alice has done all that comes before service authorization
    When alice requests migration service authorization
    And 3 minutes pass
    Then alice is told that migration and service authorization succeeded
    And alice has no service in the partner MC system any more
