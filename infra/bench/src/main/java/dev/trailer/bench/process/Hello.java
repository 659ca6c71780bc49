package dev.trailer.bench.process;

/** A program that does nothing. */
public final class Hello {
    private Hello() {}

    public static void main(String[] arguments) {
        System.out.println("hello");
    }
}
