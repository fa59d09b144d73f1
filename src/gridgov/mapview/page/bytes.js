// Bytes: whole numbers as the program packs them (base64, LEB128, zigzag); see packing.py.

const Bytes = {
  /** All numbers of a packed text. */
  numbers(text) {
    const bytes = atob(text);
    const answer = new Int32Array(bytes.length);
    let count = 0;
    let value = 0;
    let shift = 0;
    for (let i = 0; i < bytes.length; i += 1) {
      const byte = bytes.charCodeAt(i);
      value |= (byte & 127) << shift;
      shift += 7;
      if (byte < 128) {
        answer[count] = (value >>> 1) ^ -(value & 1);
        count += 1;
        value = 0;
        shift = 0;
      }
    }
    return answer.subarray(0, count);
  },

  /** Running sums: numbers that were packed by their differences, or places from sizes (`from` comes first). */
  sums(numbers, from) {
    const shift = from === undefined ? 0 : 1;
    const answer = new Int32Array(numbers.length + shift);
    let sum = from || 0;
    if (shift) answer[0] = sum;
    for (let i = 0; i < numbers.length; i += 1) {
      sum += numbers[i];
      answer[i + shift] = sum;
    }
    return answer;
  },
};
