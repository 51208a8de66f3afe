// The AI SDK's provider for fal against the sandbox, unchanged but for where fal's queue is.
//
// Usage: node ai_sdk.mjs BASE_URL round, with @ai-sdk/fal in node_modules of the current folder: a video from a URL, one from
// bytes, one with an option of the model, one that fails, and an order that the model does not take.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.cwd(), "referee.cjs"));
const { createFal } = require("@ai-sdk/fal");

const base = process.argv[2].replace(/\/$/, "");
const queue = "https://queue.fal.run";
const fal = createFal({
  apiKey: "referee-id:referee-secret",
  // It sends the key to fal's own origin only, so answers have to name that.
  fetch: async (url, options) => {
    const answer = await fetch(String(url).replace(queue, base), options);
    const body = (await answer.text()).replaceAll(base, queue);
    return new Response(body, { status: answer.status, headers: { "content-type": "application/json" } });
  },
});

async function generate(tier, order, options = {}) {
  const { videos } = await fal.video(`fal-ai/minimax/hailuo-2.3/${tier}/image-to-video`).doGenerate({
    prompt: "A lighthouse lamp turns while fog rolls in.",
    image: { type: "url", url: "https://example.com/lighthouse.jpg" },
    n: 1,
    ...order,
    providerOptions: { fal: { pollIntervalMs: 10, ...options } },
  });
  assert.deepEqual([videos.length, videos[0].mediaType], [1, "video/mp4"]);
  const file = await fetch(videos[0].url);
  assert.equal(file.status, 200);
  assert.equal(Buffer.from(await file.arrayBuffer()).subarray(4, 8).toString(), "ftyp");
}

const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
await generate("pro", {});
await generate("pro", { image: { type: "file", mediaType: "image/png", data: pixel } });
await generate("standard", {}, { duration: "10", promptOptimizer: false });
// What is too long for the model is taken by the queue, and then fails.
await assert.rejects(generate("pro", { prompt: "f".repeat(2001) }), { statusCode: 422 });
// It says `6s` for 6 seconds, which this model does not take.
await assert.rejects(generate("standard", { duration: 6 }), { statusCode: 422 });
