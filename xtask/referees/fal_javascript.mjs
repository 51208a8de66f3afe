// fal's official JavaScript client against the sandbox, unchanged but for where its queue is.
//
// Usage: node fal_javascript.mjs BASE_URL round|again|refused, with @fal-ai/client in node_modules of the current folder.
//
// round: submit, status with logs, a stream of them, result, subscribe and cancel; with a middleware, and through a proxy as fal's own.
// again: the sandbox spoils the first submit, and the client sends it again. refused: it fails, and the client gives up.

import assert from "node:assert/strict";
import http from "node:http";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.cwd(), "referee.cjs"));
const { createFalClient } = require("@fal-ai/client");

const base = process.argv[2].replace(/\/$/, "");
const scene = process.argv[3];
const credentials = "referee-id:referee-secret";
const direct = createFalClient({
  credentials,
  requestMiddleware: async (request) => ({
    ...request,
    url: request.url.replace("https://queue.fal.run", base),
  }),
});

// A proxy as fal describes it: it holds the key, and is told in a header where the request was meant to go.
const proxy = http.createServer(async (request, response) => {
  const target = request.headers["x-fal-target-url"].replace("https://queue.fal.run", base);
  const body = [];
  for await (const chunk of request) body.push(chunk);
  const answer = await fetch(target, {
    method: request.method,
    headers: { "content-type": "application/json", authorization: `Key ${credentials}` },
    body: body.length > 0 ? Buffer.concat(body) : undefined,
  });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
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

async function round(fal, app) {
  const submitted = await fal.queue.submit(app, { input, webhookUrl: "https://example.com/hook" });
  const requestId = submitted.request_id;
  assert.equal(submitted.status, "IN_QUEUE");
  assert.deepEqual([submitted.queue_position, submitted.logs], [0, null]);
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

  const streamed = [];
  isVideo(
    await fal.subscribe(app, {
      input,
      mode: "streaming",
      logs: true,
      onEnqueue: (id) => (subscribedId = id),
      onQueueUpdate: (update) => streamed.push(update.status),
    }),
    subscribedId,
  );
  assert.deepEqual([streamed[0], streamed.at(-1)], ["IN_QUEUE", "COMPLETED"]);

  const doomed = await fal.queue.submit(app, { input });
  await fal.queue.cancel(app, { requestId: doomed.request_id });
  const after = await fal.queue.status(app, { requestId: doomed.request_id });
  assert.equal(after.status, "COMPLETED");
  assert.ok(after.error);
  await assert.rejects(fal.queue.cancel(app, { requestId: doomed.request_id }), { status: 400 });
}

// A client that runs out of time asks for its request to be stopped.
async function hasty(fal, app) {
  let requestId;
  const subscribed = fal.subscribe(app, {
    input,
    pollInterval: 10_000,
    timeout: 300,
    onEnqueue: (id) => (requestId = id),
  });
  await assert.rejects(subscribed, /timed out/);
  let status;
  do {
    status = await fal.queue.status(app, { requestId });
  } while (status.status !== "COMPLETED");
  assert.ok(status.error);
}

if (scene === "round") {
  for (const app of apps) await round(direct, app);
  await new Promise((listening) => proxy.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${proxy.address().port}/api/fal/proxy`;
  await round(createFalClient({ proxyUrl: { url, when: "always" } }), apps[0]);
  proxy.close();
  proxy.closeAllConnections();
  await hasty(direct, apps[1]);
  await assert.rejects(direct.queue.submit(apps[0], { input: { prompt: 7 } }), (error) => {
    assert.equal(error.status, 422);
    assert.ok(error.fieldErrors.length > 0 && error.requestId);
    return true;
  });
} else if (scene === "again") {
  const { data } = await direct.subscribe(apps[0], { input, pollInterval: 10 });
  assert.match(data.video.url, /^http:\/\/127\.0\.0\.1:/);
} else {
  await assert.rejects(direct.queue.submit(apps[0], { input }), (error) => {
    assert.deepEqual([error.status, error.body.error_type], [500, "internal_error"]);
    return true;
  });
}
