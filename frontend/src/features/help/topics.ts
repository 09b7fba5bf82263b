/** The pages of help: docs/user, bundled. */
export const helpTopics = [
  { topic: "abm-integration", title: "ABM integration" },
  { topic: "device-enrollment", title: "Device enrollment methods" },
] as const;

export type HelpTopic = (typeof helpTopics)[number]["topic"];
