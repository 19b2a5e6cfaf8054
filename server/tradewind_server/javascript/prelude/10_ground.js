// What all other parts stand on: the way out, and the functions of the language as they are before any program runs.
// The files of this folder are read in the order of their names and make up the body of one function; `host` is its argument.
const { stringify, parse } = JSON
const { defineProperty, freeze, getPrototypeOf, getOwnPropertyDescriptor } = Object
const text = String
const later = queueMicrotask
const wishes = new Map()
let lastWish = 0

/** Ask the process outside for something that takes a while. At most 1,000 wishes wait at once. */
const wish = (operation, values) => {
    if (wishes.size >= 1000) return Promise.reject(new RangeError('too many requests wait at once'))
    const id = ++lastWish
    return new Promise((resolve, reject) => {
        wishes.set(id, { resolve, reject })
        host('wish', stringify({ id, operation, values }))
    })
}

const settle = (id, outcome, body) => {
    const waiting = wishes.get(id)
    if (waiting === undefined) return
    wishes.delete(id)
    const values = parse(outcome)
    if (values.error === undefined) waiting.resolve({ ...values, body })
    else waiting.reject(new TypeError(values.error))
}

/** A property of the global object that is not listed, as those of the language are not. */
const offer = (values) => {
    for (const name of Object.keys(values)) {
        defineProperty(globalThis, name, { value: values[name], writable: true, configurable: true, enumerable: false })
    }
}

let logs = ''
let logged = 0
const shown = (value) => {
    if (typeof value === 'string') return value
    if (value instanceof Error) return text(value.stack || value)
    try {
        return text(stringify(value) ?? value)
    } catch {
        return '[object]'
    }
}
const log = (...values) => {
    if (logged > 16384) return
    const line = values.map(shown).join(' ').slice(0, 2048)
    logged += line.length
    logs += `${line}\n`
}
const silent = () => {}
offer({
    global: globalThis,
    console: {
        log, info: log, warn: log, error: log, debug: log, trace: log, dir: log, table: log,
        group: log, groupEnd: silent, time: silent, timeEnd: silent, assert: silent, count: silent
    }
})
