// Watches the sync of an ABM token over a WebSocket until the run ends; without an id, all tokens for ever.
// Usage: node watch.mjs [ABM_TOKEN_ID]    (Node 22, or Node 20 with --experimental-websocket)
import { readFileSync } from "node:fs";

const { GUARDMDM_URL: url, GUARDMDM_TOKEN: token } = process.env;
const query = readFileSync(new URL("sync-progress.graphql", import.meta.url), "utf8");
const socket = new WebSocket(`${url.replace(/^http/, "ws")}/graphql`, "graphql-transport-ws");
const send = (message) => socket.send(JSON.stringify(message));

socket.onopen = () => send({ type: "connection_init", payload: { Authorization: `Bearer ${token}` } });
socket.onmessage = ({ data }) => {
  const message = JSON.parse(data);
  switch (message.type) {
    case "connection_ack":
      send({ id: "1", type: "subscribe", payload: { query, variables: { id: process.argv[2] } } });
      break;
    case "ping":
      send({ type: "pong" });
      break;
    case "next":
      console.log(JSON.stringify(message.payload.data?.syncProgress ?? message.payload));
      break;
    case "error":
      console.error(JSON.stringify(message.payload));
      process.exitCode = 1;
      socket.close();
      break;
    case "complete":
      socket.close();
      break;
  }
};
socket.onerror = (event) => {
  console.error(event.message ?? "the connection failed");
  process.exitCode = 1;
};
