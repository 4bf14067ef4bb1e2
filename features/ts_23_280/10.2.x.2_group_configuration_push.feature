@clause:10.2.x.2
Feature: 10.2.x.2 Group configuration push
  The primary MC system of a group provides its configuration to a partner MC system, which changes it by its own policy,
  stores it, and is the source of it for the members whom it serves (TS 23.280 10.2.x.1, 10.2.x.2).

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system
    And the group joint-ops of the primary MC system with members of both
    And the partner's profile of alice lists the group joint-ops

  @GCI-PUSH-PRE-1 @GCI-PUSH-PRE-2 @GCI-PUSH-PRE-3 @GCI-PUSH-1 @GCI-PUSH-2 @GCI-PUSH-3 @GCI-PUSH-4 @GCI-PUSH-5
  @GCI-OV-1 @GCI-OV-2 @GCI-OV-3 @GCI-OV-4 @IC-GCFG-1 @KI-1.5 @positive
  Scenario: A group is provided, changed by policy, stored and served
    Given the partner's policy for groups of the primary: group priority 60, user priority at most 100, service in north only
    And alice has done all that comes before service authorization
    When the primary's administrator provides the group to the partner
    Then the primary's group management server provides the group over CSC-16
    And the partner's MC service server is notified before the answer
    And the partner answers that it has stored the group, and not before
    When alice obtains the groups of the partner's profile
    Then alice's UE has the group with group priority 60, user priorities 100 100 40 and service in north
    And alice's group came from the partner's group management server and not from the primary's

  @KI-1.5 @IC-GCFG-1 @GCI-OV-1 @GCI-OV-3 @GCI-PUSH-3 @positive
  Scenario Outline: What the partner makes of <part> is what its members get
    Given the partner's policy for groups of the primary: group priority <priority>, user priority at most <most>, service in <area> only
    And alice has done all that comes before service authorization
    And the primary has provided the group to the partner
    When alice obtains the groups of the partner's profile
    Then alice's UE has the group with group priority <priority>, user priorities <users> and service in <area> (<id>)
    And alice's group came from the partner's group management server and not from the primary's (GCI-OV-1)

    Examples:
      | part                    | priority | most | users      | area  | id         |
      | the group's priority    | 60       | 255  | 200 200 40 | north | KI-1.5     |
      | the members' priorities | 120      | 100  | 100 100 40 | north | IC-GCFG-1  |
      | the permitted locations | 120      | 255  | 200 200 40 | south | GCI-OV-3   |
      | all of the group        | 60       | 100  | 100 100 40 | south | GCI-PUSH-3 |

  @GCI-PUSH-PRE-1 @negative
  Scenario: A group that is for its home alone is not provided
    Given the group joint-ops of the primary MC system is closed to other MC systems
    When the primary's administrator provides the group to the partner
    Then nothing was provided to the partner (GCI-PUSH-PRE-1)

  @GCI-PUSH-PRE-2 @negative
  Scenario: Without the address of the partner's group management server nothing is provided
    Given as configured, the primary MC system has no configuration for the partner
    When the primary's administrator provides the group to the partner
    Then nothing was provided to the partner (GCI-PUSH-PRE-2)

  @GCI-PUSH-2 @IC-GCFG-1 @KI-1.5 @GCI-OV-3 @negative
  Scenario: Without a policy the group holds as it was provided
    Given alice has done all that comes before service authorization
    And the primary has provided the group to the partner
    When alice obtains the groups of the partner's profile
    Then alice's UE has the group with group priority 120, user priorities 200 200 40 and service in anywhere

  @GCI-PUSH-2 @GCI-PUSH-3 @GCI-OV-2 @positive
  Scenario: The identity of the group stays whatever the partner changes
    Given the partner keeps its own members only in groups of the primary
    And alice has done all that comes before service authorization
    And the primary has provided the group to the partner
    When alice obtains the groups of the partner's profile
    Then alice's UE has the group under the identity that its home gave it, with the members alice.guest zoe

  @GCI-PUSH-4 @negative
  Scenario: A partner may leave out the notification
    Given as configured, the partner does not notify after a push
    When the primary's administrator provides the group to the partner
    Then the partner answers that it has stored the group, and not before
    And the partner's MC service server is not notified

  @GCI-PUSH-PRE-3 @GCI-PUSH-5 @GCI-PUSH-3 @negative
  Scenario: A partner takes no groups from a system that is not authorized
    Given as configured, the partner MC system does not take groups from the primary
    And alice has done all that comes before service authorization
    When the primary's administrator provides the group to the partner
    Then the partner answers 403 (GCI-PUSH-PRE-3)
    When alice obtains the groups of the partner's profile
    Then alice does not succeed, because 404 (GCI-OV-2)

  @GCI-PUSH-PRE-3 @SOL1-4 @negative
  Scenario: A partner without configuration for the primary refuses
    Given as configured, the partner MC system has no configuration for the primary
    When the primary's administrator provides the group to the partner
    Then the partner answers 403 (GCI-PUSH-PRE-3)

  @GCI-PUSH-1 @GCI-OV-1 @GCI-OV-2 @negative
  Scenario: Members get nothing from the partner before the group is provided
    Given alice has done all that comes before service authorization
    When alice obtains the groups of the partner's profile
    Then alice does not succeed, because 404 (GCI-OV-2)
    And nothing was provided to the partner (GCI-PUSH-1)

  @GCI-PUSH-1 @GCI-PUSH-5 @faults @negative
  Scenario Outline: A lost <message> is repaired by a second attempt
    Given the <message> is lost once on the way from <sender> to <receiver>
    And alice has done all that comes before service authorization
    When the primary's administrator provides the group to the partner
    Then the partner answers that it has stored the group, and not before
    When alice obtains the groups of the partner's profile
    Then alice succeeds (GCI-PUSH-3)

    Examples:
      | message                    | sender                                | receiver                              |
      | group information          | the primary's group management server | the partner's group management server |
      | group information response | the partner's group management server | the primary's group management server |

  @GCI-PUSH-1 @GCI-PUSH-5 @faults @negative
  Scenario Outline: A duplicated <message> does no harm
    Given the <message> is duplicated on the way from <sender> to <receiver>
    And alice has done all that comes before service authorization
    When the primary's administrator provides the group to the partner
    And alice obtains the groups of the partner's profile
    Then alice succeeds (GCI-PUSH-3)

    Examples:
      | message                    | sender                                | receiver                              |
      | group information          | the primary's group management server | the partner's group management server |
      | group information response | the partner's group management server | the primary's group management server |

  @GCI-PUSH-1 @GCI-PUSH-5 @faults @negative
  Scenario Outline: A <message> that comes after the time limit leaves both of one mind
    Given the <message> is delayed by 8 seconds on the way from <sender> to <receiver>
    And alice has done all that comes before service authorization
    When the primary's administrator provides the group to the partner
    Then the partner answers that it has stored the group, and not before
    When alice obtains the groups of the partner's profile
    Then alice succeeds (GCI-PUSH-3)

    Examples:
      | message                    | sender                                | receiver                              |
      | group information          | the primary's group management server | the partner's group management server |
      | group information response | the partner's group management server | the primary's group management server |

  @GCI-PUSH-1 @IC-CONN-4 @positive
  Scenario: A group crosses under TLS
    Given the application planes are protected by TLS
    When the primary's administrator provides the group to the partner
    Then the primary's group management server provides the group over CSC-16
    And the partner answers that it has stored the group, and not before
    And all SIP between the MC systems is under TLS

  @GCI-OV-4 @negative
  Scenario: A refusal too crosses through the HTTP proxies
    Given HTTP proxies at the edges of both MC systems
    And as configured, the partner MC system does not take groups from the primary
    When the primary's administrator provides the group to the partner
    Then the partner answers 403 (GCI-PUSH-PRE-3)
    And nothing of the partner's group management server is seen outside but its HTTP proxy (GCI-OV-4)

  @GCI-PUSH-1 @GCI-PUSH-5 @GCI-OV-4 @positive
  Scenario: A group crosses through HTTP proxies at both edges
    Given HTTP proxies at the edges of both MC systems
    And the application planes are protected by TLS
    And alice has done all that comes before service authorization
    When the primary's administrator provides the group to the partner
    And alice obtains the groups of the partner's profile
    Then alice succeeds (GCI-PUSH-3)
    And all SIP between the MC systems is under TLS
    And nothing of the primary's group management server is seen outside but its HTTP proxy (GCI-OV-4)
    And nothing of the partner's group management server is seen outside but its HTTP proxy (GCI-OV-4)
