// A peer for the tests, with HashiCorp's yamux. `peer client|server PORT` dials there; commands come on stdin, a line each, answers go to
// stdout. Streams of the other side are echoed, half close by half close.
package main

import (
	"bufio"
	"fmt"
	"io"
	"io/ioutil"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/yamux"
)

func main() {
	conn, err := net.Dial("tcp", "127.0.0.1:"+os.Args[2])
	check(err)
	config := yamux.DefaultConfig()
	config.LogOutput = ioutil.Discard
	var session *yamux.Session
	if os.Args[1] == "client" {
		session, err = yamux.Client(conn, config)
	} else {
		session, err = yamux.Server(conn, config)
	}
	check(err)
	go accept(session)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fmt.Println(strings.ReplaceAll(command(session, lines.Text()), "\n", " "))
	}
}

func check(err error) {
	if err != nil {
		fmt.Println("failed", err)
		os.Exit(1)
	}
}

func accept(session *yamux.Session) {
	for {
		stream, err := session.AcceptStream()
		if err != nil {
			return
		}
		go func() {
			io.Copy(stream, stream)
			stream.Close()
		}()
	}
}

func command(session *yamux.Session, line string) string {
	var n, size int
	switch {
	case line == "ping":
		if _, err := session.Ping(); err != nil {
			return err.Error()
		}
		return "pong"
	case line == "away":
		return result(session.GoAway())
	case line == "open":
		// What an open reset stream says to who reads it.
		stream, err := session.OpenStream()
		if err != nil {
			return err.Error()
		}
		stream.SetReadDeadline(time.Now().Add(10 * time.Second))
		_, err = ioutil.ReadAll(stream)
		return result(err)
	default:
		fmt.Sscanf(line, "echo %d %d", &n, &size)
		return echo(session, n, size)
	}
}

func result(err error) string {
	if err != nil {
		return err.Error()
	}
	return "ok"
}

// Many streams at once: each sends so many bytes, wants them back, and ends its side. Not before: in this version of yamux who has
// ended its side reads an end as soon as nothing is there.
func echo(session *yamux.Session, n int, size int) string {
	var group sync.WaitGroup
	var total int64
	var lock sync.Mutex
	failure := ""
	for i := 0; i < n; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			stream, err := session.OpenStream()
			if err == nil {
				go stream.Write(make([]byte, size))
				var back int
				back, err = io.ReadFull(stream, make([]byte, size))
				stream.Close()
				lock.Lock()
				total += int64(back)
				lock.Unlock()
			}
			if err != nil {
				lock.Lock()
				failure = err.Error()
				lock.Unlock()
			}
		}()
	}
	group.Wait()
	if failure != "" {
		return failure
	}
	return fmt.Sprint("echoed ", total)
}
