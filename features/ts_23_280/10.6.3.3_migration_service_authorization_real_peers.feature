@clause:10.6.3.3 @peer
Feature: 10.6.3.3 Migration service authorization: real peers
  What the bundled MC systems send on the application plane, another maker's dissector reads.

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system
    And the group joint-ops of the primary MC system with members of both
    And alice has done all that comes before service authorization

  @MSA-1 @GCI-PUSH-1 @positive
  Scenario: tshark reads the recording of a migration
    Given the primary has provided the group to the partner
    When alice requests migration service authorization with profile 1
    Then tshark finds no malformed packet in the recording (MSA-1)
    And tshark names every method and status of SIP and HTTP, and reads the bodies of many parts
