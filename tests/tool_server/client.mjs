// The tool server, used by the protocol's own client: what it checks of messages, schemas and life cycle is the protocol's, not ours.
//   node client.mjs SERVER FLEET
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv-provider.js";

const [server, fleet] = process.argv.slice(2);
const client = new Client({ name: "evenkeel-test", version: "1" });
// What is told of a call's progress reaches its callback too late where it is read together with the answer (the client forgets the token first).
client.onerror = (error) => /unknown token/.test(`${error}`) || assert.fail(`the client complains: ${error}`);
const transport = new StdioClientTransport({ command: server, args: [fleet], stderr: "inherit" });
await client.connect(transport);
const told = [];
const received = transport.onmessage;
transport.onmessage = (message, ...more) => {
  if (message.method === "notifications/progress") told.push(message.params.message);
  received(message, ...more);
};
assert.equal(client.getServerVersion().name, "evenkeel");
assert.match(client.getInstructions(), /find/);
await client.ping();

const { tools } = await client.listTools();
assert.deepEqual(tools.map((tool) => tool.name), ["find", "guard", "lease", "handoff", "audit", "plan", "show", "apply"]);
const validators = new Map(tools.map((tool) => [tool.name, new AjvJsonSchemaValidator().getValidator(tool.inputSchema)]));

// A call whose arguments are as the tool's schema wants them.
async function call(name, given, options) {
  const valid = validators.get(name)(given);
  assert.ok(valid.valid, valid.errorMessage);
  const result = await client.callTool({ name, arguments: given }, undefined, options);
  assert.equal(result.isError, false, JSON.stringify(result));
  return result.structuredContent;
}

const found = await call("find", { date: "2026-05-30", guest: "Jonathan" });
assert.equal(found.answer, "exists");
const { booking } = found.bookings[0];
await call("lease", { booking, holder: "writer", ttl_minutes: 5 });
const refused = await client.callTool({ name: "lease", arguments: { booking, holder: "other" } });
assert.equal(refused.isError, true);
assert.match(refused.content[0].text, /writer.*next: /s);
assert.equal((await call("guard", { key: "g/2026-05-30-jonathan-sunset.html", page: "<p>Sail: 4:30 PM</p>" })).allowed, false);

const plan = await call("plan", { booking });
const actions = plan.bookings.flatMap((one) => one.actions);
const approve = actions.filter((action) => action.approval === "approve").map((action) => action.id);
const everything = await client.callTool({ name: "apply", arguments: { plan: plan.plan, by: "Rosa", approve: ["all"] } });
assert.equal(everything.isError, true);
assert.equal(validators.get("apply")({ plan: plan.plan }).valid, false, "nobody stands for it");

// A call that is given up, and the same again.
const stop = new AbortController();
const given_up = call("apply", { plan: plan.plan, by: "Rosa", approve, holder: "writer" }, { signal: stop.signal });
stop.abort("changed my mind");
await assert.rejects(given_up);
// While it works, a ping is answered.
const answered = [];
const working = call("apply", { plan: plan.plan, by: "Rosa", approve, holder: "writer" }, { onprogress() {} }).finally(() => answered.push("apply"));
await Promise.all([working, client.ping().then(() => answered.push("ping"))]);
assert.deepEqual(answered, ["ping", "apply"]);
const run = await working;
assert.ok(told.length > 0);
const waiting = run.actions.filter((action) => !["done", "already_done"].includes(action.outcome)).map((action) => action.outcome);
assert.deepEqual([...new Set(waiting)], ["waits_person"]);
await call("lease", { booking, holder: "writer", release: true });
await call("handoff", { booking, note: "the listing is left", by: "writer" });
assert.equal((await call("handoff", { booking })).handoff.note, "the listing is left");
assert.equal((await call("show", { run: run.run })).run, run.run);
await assert.rejects(client.callTool({ name: "no_such_tool", arguments: {} }), /-32602/);
await client.close();
console.log(`${tools.length} tools, ${told.length} actions told, plan ${plan.plan.slice(0, 19)}`);
