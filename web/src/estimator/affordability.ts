/** How far what is available goes: how many pieces of the work, and for how many days of it. */
import { micro } from "../amounts/credits";

/** Each piece is charged by itself, rounded up by itself: so many whole costs fit into what is available. */
export function howMany(available: string, cost: string): bigint | null {
  const [has, each] = [micro(available), micro(cost)];
  return each <= 0n ? null : has <= 0n ? 0n : has / each;
}

/** For how many whole days it lasts at so many pieces a day. */
export function lastsDays(available: string, cost: string, timesADay: number): bigint | null {
  const pieces = howMany(available, cost);
  return pieces === null || !Number.isInteger(timesADay) || timesADay < 1 ? null : pieces / BigInt(timesADay);
}
