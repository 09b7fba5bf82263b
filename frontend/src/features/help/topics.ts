/** The pages of help: docs/user, bundled. */
export const helpTopics = [
  { topic: "abm-integration", title: "ABM integration", tab: "ABM integration" },
  { topic: "device-enrollment", title: "Device enrollment methods", tab: "Enrollment methods" },
] as const;

export type HelpTopic = (typeof helpTopics)[number]["topic"];
