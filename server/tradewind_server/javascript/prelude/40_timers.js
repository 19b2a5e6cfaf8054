// Timers wait outside, where waiting costs nothing and is counted; what is random comes from there too.
const timers = new Map()
let lastTimer = 0
class Timer {
    constructor(id) {
        defineProperty(this, 'id', { value: id })
    }
    ref() {
        return this
    }
    unref() {
        return this
    }
    hasRef() {
        return true
    }
    [Symbol.toPrimitive]() {
        return this.id
    }
}
const wait = (id, milliseconds) =>
    wish('sleep', { milliseconds }).then(() => {
        const timer = timers.get(id)
        if (timer === undefined) return undefined
        if (timer.repeats) wait(id, milliseconds)
        else timers.delete(id)
        return timer.call(...timer.values)
    })
const startTimer = (call, milliseconds, values, repeats) => {
    if (typeof call !== 'function') throw new TypeError('The "callback" argument must be of type function')
    const id = ++lastTimer
    const number = Number(milliseconds)
    timers.set(id, { call, values, repeats })
    wait(id, number > 0 && number < 2 ** 31 ? Math.max(1, number) : 1).catch(log)
    return new Timer(id)
}
const stopTimer = (timer) => {
    timers.delete(timer instanceof Timer ? timer.id : Number(timer))
}
const setTimeout = (call, milliseconds, ...values) => startTimer(call, milliseconds, values, false)
const setInterval = (call, milliseconds, ...values) => startTimer(call, milliseconds, values, true)
const setImmediate = (call, ...values) => startTimer(call, 0, values, false)
offer({
    setTimeout, setInterval, setImmediate,
    clearTimeout: stopTimer, clearInterval: stopTimer, clearImmediate: stopTimer
})

const randomBytes = (size) => {
    if (!(size >= 0 && size <= 65536)) throw new RangeError('at most 65536 random bytes at once')
    return Buffer.from(hexBytes(host('random', text(Math.floor(size)))))
}
// The contexts are copies of one: each draws a seed of its own at the first use (xoshiro128**).
let seed
const rotated = (value, bits) => (value << bits) | (value >>> (32 - bits))
defineProperty(Math, 'random', {
    value: function random() {
        seed ??= new Uint32Array(Uint8Array.from(randomBytes(16)).buffer)
        const result = Math.imul(rotated(Math.imul(seed[1], 5), 7), 9) >>> 0
        const shifted = seed[1] << 9
        seed[2] ^= seed[0]
        seed[3] ^= seed[1]
        seed[1] ^= seed[2]
        seed[0] ^= seed[3]
        seed[2] ^= shifted
        seed[3] = rotated(seed[3], 11)
        return result / 2 ** 32
    },
    writable: true,
    configurable: true,
    enumerable: false
})
const randomUUID = () => {
    const bytes = randomBytes(16)
    bytes[6] = (bytes[6] & 15) | 64
    bytes[8] = (bytes[8] & 63) | 128
    return hexOf(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
const getRandomValues = (array) => {
    bytesOf(array.buffer).set(randomBytes(array.byteLength), array.byteOffset)
    return array
}

/** A copy of plain data, as structuredClone makes it: dates, maps, sets, bytes, errors and circles too. */
const structuredClone = (value, _options, copies = new Map()) => {
    if (typeof value === 'function' || typeof value === 'symbol') {
        throw new DOMException(`${text(value)} could not be cloned.`, 'DataCloneError')
    }
    if (typeof value !== 'object' || value === null) return value
    if (copies.has(value)) return copies.get(value)
    const keep = (copy) => {
        copies.set(value, copy)
        return copy
    }
    const inner = (one) => structuredClone(one, undefined, copies)
    if (value instanceof Date) return keep(new Date(value.getTime()))
    if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags))
    if (value instanceof Boolean || value instanceof Number || value instanceof text) return keep(Object(value.valueOf()))
    if (value instanceof ArrayBuffer) return keep(value.slice(0))
    if (ArrayBuffer.isView(value)) {
        const plain = value instanceof Buffer ? Uint8Array : value.constructor
        return keep(new plain(inner(value.buffer), value.byteOffset, value.length ?? value.byteLength))
    }
    if (value instanceof Map) {
        const copy = keep(new Map())
        for (const [name, one] of value) copy.set(inner(name), inner(one))
        return copy
    }
    if (value instanceof Set) {
        const copy = keep(new Set())
        for (const one of value) copy.add(inner(one))
        return copy
    }
    if (value instanceof Error) {
        const kinds = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }
        const copy = keep(new (Object.hasOwn(kinds, value.name) ? kinds[value.name] : Error)(value.message))
        if (Object.hasOwn(value, 'cause')) copy.cause = inner(value.cause)
        return copy
    }
    if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet) {
        throw new DOMException(`${Object.prototype.toString.call(value)} could not be cloned.`, 'DataCloneError')
    }
    const copy = keep(Array.isArray(value) ? new Array(value.length) : {})
    for (const name of Object.keys(value)) copy[name] = inner(value[name])
    return copy
}
offer({ structuredClone: (value, options) => structuredClone(value, options) })
