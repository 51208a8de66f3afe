// fal's official JavaScript client against the sandbox, unchanged but for where its queue is.
//
// Usage: node fal_javascript.mjs BASE_URL, with @fal-ai/client in node_modules of the current folder.
//
// Submit, status with logs, result, subscribe and cancel.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.cwd(), "referee.cjs"));
const { createFalClient } = require("@fal-ai/client");

const base = process.argv[2].replace(/\/$/, "");
const fal = createFalClient({
  credentials: "referee-id:referee-secret",
  requestMiddleware: async (request) => ({
    ...request,
    url: request.url.replace("https://queue.fal.run", base),
  }),
});

const apps = [
  "fal-ai/minimax/hailuo-2.3/pro/image-to-video",
  "fal-ai/minimax/hailuo-2.3/standard/image-to-video",
];
const input = {
  prompt: "A lighthouse lamp turns while fog rolls in.",
  image_url: "https://example.com/lighthouse.jpg",
};

function isVideo({ data, requestId }, expectedId) {
  assert.match(data.video.url, /^http:\/\/127\.0\.0\.1:/);
  assert.equal(data.video.content_type, "video/mp4");
  assert.equal(requestId, expectedId);
}

for (const app of apps) {
  const submitted = await fal.queue.submit(app, { input, webhookUrl: "https://example.com/hook" });
  const requestId = submitted.request_id;
  assert.equal(submitted.status, "IN_QUEUE");
  const words = [];
  let logs = [];
  for (let count = 0; count < 20 && words.at(-1) !== "COMPLETED"; count += 1) {
    const status = await fal.queue.status(app, { requestId, logs: true });
    words.push(status.status);
    logs = status.logs ?? logs;
  }
  assert.equal(words[0], "IN_QUEUE");
  assert.ok(words.includes("IN_PROGRESS"), words);
  assert.equal(words.at(-1), "COMPLETED");
  assert.ok(logs.length > 0 && logs[0].message);
  isVideo(await fal.queue.result(app, { requestId }), requestId);

  const lines = [];
  let subscribedId;
  const result = await fal.subscribe(app, {
    input,
    logs: true,
    pollInterval: 10,
    onEnqueue: (id) => (subscribedId = id),
    onQueueUpdate: (update) => {
      if (update.status === "IN_PROGRESS") {
        update.logs.map((line) => line.message).forEach((line) => lines.push(line));
      }
    },
  });
  isVideo(result, subscribedId);
  assert.ok(lines.length > 0);

  const doomed = await fal.queue.submit(app, { input });
  await fal.queue.cancel(app, { requestId: doomed.request_id });
  const after = await fal.queue.status(app, { requestId: doomed.request_id });
  assert.equal(after.status, "COMPLETED");
  assert.ok(after.error);
  await assert.rejects(fal.queue.cancel(app, { requestId: doomed.request_id }), { status: 400 });
}

await assert.rejects(fal.queue.submit(apps[0], { input: { prompt: 7 } }), (error) => {
  assert.equal(error.status, 422);
  assert.ok(error.fieldErrors.length > 0);
  return true;
});

console.log("@fal-ai/client (JavaScript): submit, status with logs, result and cancel done; jobs:", apps.length * 3);
