@clause:5.2.3
Feature: 5.2.3 Connectivity to a partner
  Where there are several partners, the one that suits where the UE is can be chosen for its user (TR 23.781 5.2.3).

  Background:
    Given the primary, the partner and the third MC system with their application planes
    And alice, who may migrate to the partner MC system
    And alice may also migrate to the third MC system
    And alice signs in at home

  @KI-2.3 @positive
  Scenario Outline: The partner is chosen that serves the area of the UE: <partner>
    When alice asks for connection details in the area of the <partner> MC system
    Then the connection details are those of the <partner> MC system

    Examples:
      | partner |
      | partner |
      | third   |

  @KI-2.3 @negative
  Scenario: What the user wants goes before the area
    When alice asks for connection details of the partner MC system in the area of the third MC system
    Then the connection details are those of the partner MC system

  @KI-2.3 @negative
  Scenario: In an area that no partner serves none is chosen
    When alice asks for connection details in the area of the primary MC system
    Then alice is told 404 because of no-partner-for-user (KI-2.3)
