/**
 * What others took, on the same size of machine (2 cores, 24 GiB, Node 20.20, 2026-11-21): jupyter_server 2.21 with
 * ipykernel 7.4, Deno 2.9.6 (TCP_NODELAY set for both, their stock servers add 40 ms), each with its own client over
 * loopback. Absolutes drift with the machine; ratios say more. MLflow and BentoML are measured with each run: `serving.ts`.
 */
export const peers = {
  kernelReadyMs: { ipykernel: 842, Deno: 227 },
  roundTripMs: { ipykernel: 4.8, Deno: 1.6 },
  /** ipykernel's stock server drops a third of the lines on the way. */
  millionLinesS: { ipykernel: 9, Deno: 151 },
  largeValueS: { ipykernel: 0.66, Deno: 1.55 },
  /** 903 messages. */
  chainMs: { marimo: 117 },
  kernelMiB: { ipykernel: 52, tslab: 177, Deno: 207 },
}
