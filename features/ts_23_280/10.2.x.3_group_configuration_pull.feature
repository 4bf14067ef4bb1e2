@clause:10.2.x.3
Feature: 10.2.x.3 Group configuration pull
  A partner MC system that needs the configuration of a group asks the group's primary MC system for it, changes it by its
  own policy and stores it (TS 23.280 10.2.x.3).

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system
    And the partner's profile of alice lists the group joint-ops

  @GCI-PULL-PRE-1 @GCI-PULL-PRE-2 @GCI-PULL-PRE-3 @GCI-PULL-1 @GCI-PULL-2 @GCI-PULL-3 @GCI-PULL-4 @GCI-PULL-5 @GCI-PULL-6
  @GCI-OV-1 @positive
  Scenario: A group is requested when a member becomes service authorized
    Given the group joint-ops of the primary MC system with members of both
    And the partner's policy for groups of the primary: group priority 60, user priority at most 100, service in north only
    And alice has done all that comes before service authorization
    When alice requests migration service authorization
    Then the partner's MC service server asks its group management server for the group
    And the partner's group management server asks the primary's
    And the primary's group management server gives the group as it is defined
    And the partner's MC service server gets the group with group priority 60
    When alice obtains the groups of the partner's profile
    Then alice's UE has the group with group priority 60, user priorities 100 100 40 and service in north (GCI-PULL-4)

  @GCI-PULL-PRE-1 @GCI-PULL-3 @negative
  Scenario: A group that its home does not define is not found
    Given alice has done all that comes before service authorization
    When alice requests migration service authorization
    Then the partner's MC service server is told 404 and nothing is stored

  @GCI-PULL-PRE-3 @GCI-PULL-3 @GCI-PULL-4 @GCI-PULL-5 @GCI-PULL-6 @negative
  Scenario: A partner that may not request gets nothing
    Given the group joint-ops of the primary MC system with members of both
    And as configured, the primary MC system does not give groups to the partner
    And alice has done all that comes before service authorization
    When alice requests migration service authorization
    Then the partner's MC service server is told 403 and nothing is stored (GCI-PULL-PRE-3)

  @GCI-PULL-PRE-3 @KI-1.12-a @negative
  Scenario: A group that is not interconnected is not given away
    Given the group joint-ops of the primary MC system, which is no interconnection group
    And alice has done all that comes before service authorization
    When alice requests migration service authorization
    Then the partner's MC service server is told 403 and nothing is stored

  @GCI-PULL-PRE-2 @GCI-PULL-1 @GCI-PULL-2 @negative
  Scenario: A group that is stored already is not requested again
    Given the group joint-ops of the primary MC system with members of both
    And the primary has provided the group to the partner
    And alice has done all that comes before service authorization
    When alice requests migration service authorization
    Then the partner's MC service server asks its group management server for the group (GCI-PULL-PRE-1)
    And no group was requested of the primary (GCI-PULL-PRE-2)

  @GCI-PULL-2 @GCI-PULL-3 @faults @negative
  Scenario Outline: A lost <message> ends in failure, and the next member is the next attempt
    Given the group joint-ops of the primary MC system with members of both
    And the <message> is lost once on the way from <sender> to <receiver>
    And alice has done all that comes before service authorization
    When alice requests migration service authorization
    And 1 minutes pass
    Then the partner's MC service server is told 504 and nothing is stored
    When alice requests migration service authorization
    Then the partner's MC service server gets the group with group priority 120

    Examples:
      | message                    | sender                                | receiver                              |
      | group information request  | the partner's group management server | the primary's group management server |
      | group information response | the primary's group management server | the partner's group management server |

  @GCI-PULL-2 @GCI-PULL-3 @faults @negative
  Scenario Outline: A duplicated <message> is answered as one
    Given the group joint-ops of the primary MC system with members of both
    And the <message> is duplicated on the way from <sender> to <receiver>
    And alice has done all that comes before service authorization
    When alice requests migration service authorization
    Then the partner's MC service server gets the group with group priority 120

    Examples:
      | message                    | sender                                | receiver                              |
      | group information request  | the partner's group management server | the primary's group management server |
      | group information response | the primary's group management server | the partner's group management server |
