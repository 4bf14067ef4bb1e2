@clause:5.2.4
Feature: 5.2.4 Autoconfiguration of a UE
  A UE is configured for a partner without manual work: how to reach it, as whom, and which servers to ask (TR 23.781 5.2.4).

  Background:
    Given the primary and the partner MC system with their application planes
    And alice, who may migrate to the partner MC system

  @KI-2.4-a @positive
  Scenario: A UE is given all that it needs to reach a partner
    Given alice signs in at home
    When alice asks for connection details of the partner MC system
    Then the connection details hold access points, SIP identities and servers of the partner MC system

  @KI-2.4-a @negative
  Scenario: A UE whose user may not migrate is given nothing
    Given as configured, alice may not migrate at all
    And alice signs in at home
    When alice asks for connection details of the partner MC system
    Then alice is told 404 because of no-partner-for-user (KI-2.4-a)
